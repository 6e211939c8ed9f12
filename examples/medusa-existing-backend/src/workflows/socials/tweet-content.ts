import { MedusaError } from '@medusajs/framework/utils';
import { type PublishContent, validateTweet } from 'twitter-native';
import type { MediaAttachment, SocialPostRow } from '../../types/socials';

/** A post in the words of `publishTweetWithMedia`. */
export function tweetContentOf(post: Pick<SocialPostRow, 'caption' | 'media_attachments'>): PublishContent {
  const attachments = post.media_attachments ?? [];
  const urls = (type: MediaAttachment['type']) =>
    attachments.filter((attachment) => attachment.type === type).map(({ url }) => url);
  const imageUrls = urls('image');
  const videos = urls('video');
  if (videos.length > 1) throw new MedusaError(MedusaError.Types.INVALID_DATA, 'A post holds at most one video');
  return {
    text: post.caption ?? '',
    ...(imageUrls.length > 0 ? { imageUrls } : {}),
    ...(videos.length > 0 ? { videoUrl: videos[0] } : {}),
  };
}

/** Refuses before anything is sent what X would refuse: 281 weighted characters, five images, a video with images. */
export function checkTweet(post: Pick<SocialPostRow, 'caption' | 'media_attachments'>): void {
  const { valid, problems } = validateTweet(tweetContentOf(post));
  if (valid) return;
  throw new MedusaError(MedusaError.Types.INVALID_DATA, problems.map(({ message }) => message).join(' '));
}
