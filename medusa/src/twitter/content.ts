import type { MediaInput, PublishContent } from 'twitter-native';
import type { MediaAttachment, PollInput, ThreadPart } from '../types/http';

/** What of a post row goes to X. */
export interface ComposedPost {
  caption: string;
  media_attachments?: MediaAttachment[] | null;
  thread?: ThreadPart[] | null;
  poll?: PollInput | null;
}

const CATEGORIES = { image: 'tweet_image', gif: 'tweet_gif', video: 'tweet_video' } as const;

function mediumOf({ url, alt_text, type }: MediaAttachment): MediaInput {
  return {
    url,
    ...(alt_text ? { altText: alt_text } : {}),
    ...(type === undefined ? {} : { category: CATEGORIES[type] }),
  };
}

function partOf(
  { caption, media_attachments }: Pick<ComposedPost, 'caption' | 'media_attachments'>,
  maxWeightedLength: number | undefined,
): PublishContent {
  return {
    text: caption,
    ...(media_attachments?.length ? { media: media_attachments.map(mediumOf) } : {}),
    ...(maxWeightedLength === undefined ? {} : { maxWeightedLength }),
  };
}

/** A post as twitter-native takes it: itself, then the parts of its thread. */
export function partsOf(post: ComposedPost, maxWeightedLength?: number): [PublishContent, ...PublishContent[]] {
  const first = partOf(post, maxWeightedLength);
  if (post.poll) first.poll = { options: post.poll.options, durationMinutes: post.poll.duration_minutes };
  return [first, ...(post.thread ?? []).map((part) => partOf(part, maxWeightedLength))];
}

/** Says whether any part carries media. */
export function hasMedia(post: ComposedPost): boolean {
  return [post, ...(post.thread ?? [])].some(({ media_attachments }) => Boolean(media_attachments?.length));
}
