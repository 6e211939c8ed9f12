// A post as it is edited: its first part and those of its thread in one list, and keys for React.
import type { MediaAttachment, PollInput, TwitterPostInput, TwitterPostView } from '../../types/http';

export const MAX_MEDIA = 4;
export const MAX_ALT_TEXT = 1000;

export interface DraftMedium {
  key: string;
  url: string;
  altText: string;
  type?: MediaAttachment['type'];
}

export interface DraftPart {
  key: string;
  caption: string;
  media: DraftMedium[];
}

export interface Draft {
  accountId: string;
  /** Never empty. */
  parts: DraftPart[];
  poll: PollInput | null;
  scheduledAt: Date | null;
  productId: string | null;
}

let keysGiven = 0;
const newKey = () => `row-${++keysGiven}`;

export const newMedium = (): DraftMedium => ({ key: newKey(), url: '', altText: '' });

export const newPart = (): DraftPart => ({ key: newKey(), caption: '', media: [] });

export const newDraft = (): Draft => ({
  accountId: '',
  parts: [newPart()],
  poll: null,
  scheduledAt: null,
  productId: null,
});

export const newPoll = (): PollInput => ({ options: ['', ''], duration_minutes: 24 * 60 });

const partOf = (caption: string, media: MediaAttachment[] = []): DraftPart => ({
  key: newKey(),
  caption,
  media: media.map(({ url, alt_text = '', type }) => ({ key: newKey(), url, altText: alt_text, type })),
});

/** The draft that a stored post is. */
export function draftOf(post: TwitterPostView): Draft {
  return {
    accountId: post.account_id,
    parts: [
      partOf(post.caption, post.media_attachments),
      ...post.thread.map(({ caption, media_attachments }) => partOf(caption, media_attachments)),
    ],
    poll: post.poll,
    scheduledAt: post.scheduled_at ? new Date(post.scheduled_at) : null,
    productId: post.product_id,
  };
}

/** Media with an address: rows that are still empty are not sent. */
export const filledMedia = (part: DraftPart) => part.media.filter(({ url }) => url.trim() !== '');

const attachmentsOf = (part: DraftPart): MediaAttachment[] =>
  filledMedia(part).map(({ url, altText, type }) => ({
    url: url.trim(),
    ...(altText ? { alt_text: altText } : {}),
    ...(type ? { type } : {}),
  }));

/** What a post says and shows. */
export type PostContent = Pick<TwitterPostInput, 'caption' | 'media_attachments' | 'thread' | 'poll'>;

/** What a draft says and shows. */
export function contentOf({ parts, poll }: Draft): PostContent {
  const [first, ...thread] = parts;
  return {
    caption: first?.caption ?? '',
    media_attachments: first ? attachmentsOf(first) : [],
    thread: thread.map((part) => ({ caption: part.caption, media_attachments: attachmentsOf(part) })),
    poll,
  };
}

/** All that is stored of a draft: what is on the screen, and whether its time counts. */
export function inputOf(draft: Draft, status: NonNullable<TwitterPostInput['status']>): TwitterPostInput {
  return {
    ...contentOf(draft),
    account_id: draft.accountId,
    product_id: draft.productId,
    scheduled_at: draft.scheduledAt?.toISOString() ?? null,
    status,
  };
}

/** The list with one entry at another place; places outside of it change nothing. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  const entry = list[from];
  if (entry === undefined || to < 0 || to >= list.length) return list;
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, to), entry, ...rest.slice(to)];
}

/** The list with a change to one entry. */
export const changed = <T>(list: T[], at: number, change: Partial<T>): T[] =>
  list.map((entry, index) => (index === at ? { ...entry, ...change } : entry));

export const without = <T>(list: T[], at: number): T[] => list.filter((_, index) => index !== at);
