import { Photo, PlaySolid } from '@medusajs/icons';
import { clx } from '@medusajs/ui';
import { useState } from 'react';
import { useTexts } from '../../i18n/use-texts';
import type { DraftMedium } from '../../lib/draft';
import { kindOf, type MediumKind } from '../../lib/medium-kind';
import { useProbed } from '../../lib/probe';
import { parseUrl } from '../../lib/urls';

interface MediumTileProps {
  medium: Pick<DraftMedium, 'url' | 'altText' | 'type'>;
  className?: string;
}

/** A medium as it is seen in a post. */
export function MediumTile({ medium, className }: MediumTileProps) {
  const probe = useProbed(medium.url);
  const kind = kindOf(medium, probe?.category);
  return (
    <div className={clx('relative h-full w-full overflow-hidden bg-[#eff3f4]', className)}>
      {/* A new address is tried anew. */}
      <Picture key={medium.url} medium={medium} kind={kind} />
      {kind === 'video' && (
        <span className="absolute inset-0 m-auto flex h-12 w-12 items-center justify-center rounded-full border-4 border-white bg-[#1d9bf0] text-white">
          <PlaySolid />
        </span>
      )}
      <Badges altText={medium.altText} kind={kind} />
    </div>
  );
}

function Picture({ medium, kind }: { medium: MediumTileProps['medium']; kind: MediumKind }) {
  const { t } = useTexts();
  const [isBroken, setBroken] = useState(false);
  const onError = () => setBroken(true);
  if (isBroken || !parseUrl(medium.url)) {
    return (
      <div className="flex h-full min-h-[120px] w-full items-center justify-center text-[#536471]">
        {kind !== 'video' && <Photo aria-label={t('media.pictureBroken')} />}
      </div>
    );
  }
  if (kind === 'video') {
    return (
      <video
        className="h-full w-full object-cover"
        src={medium.url}
        preload="metadata"
        muted
        onError={onError}
        aria-label={medium.altText || t('media.video')}
      />
    );
  }
  return <img className="h-full w-full object-cover" src={medium.url} alt={medium.altText} onError={onError} />;
}

function Badges({ altText, kind }: { altText: string; kind: MediumKind }) {
  const words = [altText && 'ALT', kind === 'gif' && 'GIF'].filter(Boolean);
  if (words.length === 0) return null;
  return (
    <span className="absolute bottom-3 left-3 flex gap-x-1">
      {words.map((word) => (
        <span
          key={String(word)}
          className="rounded bg-black/75 px-1 text-[13px] font-bold leading-5 text-white"
          title={word === 'ALT' ? altText : undefined}
        >
          {word}
        </span>
      ))}
    </span>
  );
}
