import type { MediaAttachment } from '../../types/http';
import { parseUrl } from './urls';

export type MediumKind = 'image' | 'gif' | 'video';

/** The kind that a medium's bytes make it, by the category that the probe gives; nothing if it gives none. */
export function kindOfCategory(category: string | null | undefined): MediumKind | undefined {
  if (!category) return undefined;
  if (category.includes('video')) return 'video';
  return category.includes('gif') ? 'gif' : 'image';
}

/** What a medium is shown as: what its bytes say, else as what it is posted, else what its address looks like. */
export function kindOf(medium: Pick<MediaAttachment, 'url' | 'type'>, category?: string | null): MediumKind {
  const kind = kindOfCategory(category) ?? medium.type;
  if (kind) return kind;
  const path = parseUrl(medium.url)?.pathname.toLowerCase() ?? '';
  if (/(\.|\/)(mp4|mov|m4v)$/.test(path)) return 'video';
  return /(\.|\/)gif$/.test(path) ? 'gif' : 'image';
}
