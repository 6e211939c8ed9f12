import type { MediaAttachment } from '../../types/http';
import { parseUrl } from './urls';

export type MediumKind = 'image' | 'gif' | 'video';

/** What a medium is shown as: as what it is posted, else what the probe found, else what its address looks like. */
export function kindOf(medium: Pick<MediaAttachment, 'url' | 'type'>, category?: string | null): MediumKind {
  if (medium.type) return medium.type;
  if (category?.includes('video')) return 'video';
  if (category?.includes('gif')) return 'gif';
  if (category) return 'image';
  const path = parseUrl(medium.url)?.pathname.toLowerCase() ?? '';
  if (/(\.|\/)(mp4|mov|m4v)$/.test(path)) return 'video';
  return /(\.|\/)gif$/.test(path) ? 'gif' : 'image';
}
