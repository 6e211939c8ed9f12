import { toast } from '@medusajs/ui';
import { useEffect, useState } from 'react';
import { useTexts } from '../i18n/use-texts';
import { messageOf } from './server-messages';

/** A look that has said nothing for so long has said nothing at all: its process ended, and the job looks later. */
const MAX_MS = 180_000;

/**
 * A look at the timeline that was asked for and runs at the server; its end is seen by what the post says it saw.
 * @param seenAt when the last look was that ended
 */
export function useLook(seenAt: string | undefined, ask: () => Promise<unknown>) {
  const texts = useTexts();
  const [begun, setBegun] = useState<{ seenAt: string | undefined } | null>(null);
  const isLooking = begun !== null && begun.seenAt === seenAt;
  useEffect(() => {
    if (!isLooking) return;
    const timer = setTimeout(() => setBegun(null), MAX_MS);
    return () => clearTimeout(timer);
  }, [isLooking]);
  const look = () => {
    if (isLooking) return;
    setBegun({ seenAt });
    ask().catch((error: unknown) => {
      setBegun(null);
      toast.error(texts.t('post.unknown.notChanged'), { description: messageOf(texts, error) });
    });
  };
  return { isLooking, look };
}
