import { clx } from '@medusajs/ui';
import type { DraftMedium } from '../../lib/draft';
import { MediumTile } from './medium-tile';

/** One medium keeps its shape; two to four share a frame of 16:9: side by side, one tall and two, or two by two. */
export function MediaGrid({ media }: { media: DraftMedium[] }) {
  const [only] = media;
  if (!only) return null;
  if (media.length === 1) {
    return (
      <div className="mt-3 max-h-[510px] overflow-hidden rounded-2xl border border-[#cfd9de]">
        <MediumTile medium={only} className="max-h-[510px] min-h-[160px]" />
      </div>
    );
  }
  return (
    <div
      className={clx(
        'mt-3 grid aspect-video grid-cols-2 gap-0.5 overflow-hidden rounded-2xl border border-[#cfd9de]',
        media.length > 2 ? 'grid-rows-2' : 'grid-rows-1',
      )}
    >
      {media.map((medium, index) => (
        <MediumTile
          key={medium.key}
          medium={medium}
          className={clx('min-h-0', media.length === 3 && index === 0 && 'row-span-2')}
        />
      ))}
    </div>
  );
}
