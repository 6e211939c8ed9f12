import { toast } from '@medusajs/ui';
import { useEffect, useState } from 'react';
import { messageOf } from './api';

/** A look that has said nothing for so long has said nothing at all: its process ended, and the job looks later. */
const LONGEST_MS = 180_000;

/**
 * A look at the timeline that was asked for and goes on at the server; its end is seen by what the post says it saw.
 * @param seenAt when the last look was that ended
 */
export function useLook(seenAt: string | undefined, ask: () => Promise<unknown>) {
  const [begun, setBegun] = useState<{ seenAt: string | undefined } | null>(null);
  const isLooking = begun !== null && begun.seenAt === seenAt;
  useEffect(() => {
    if (!isLooking) return;
    const timer = setTimeout(() => setBegun(null), LONGEST_MS);
    return () => clearTimeout(timer);
  }, [isLooking]);
  const look = () => {
    if (isLooking) return;
    setBegun({ seenAt });
    ask().catch((error: unknown) => {
      setBegun(null);
      toast.error('Nothing was changed', { description: messageOf(error) });
    });
  };
  return { isLooking, look };
}
