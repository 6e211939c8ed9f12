'use strict';

const MB = 1_000_000;

/**
 * What X takes in each category.
 * @type {Record<string, { maxBytes: number, premiumMaxBytes?: number, types: RegExp, keyPrefix: string, slow: boolean }>}
 */
const CATEGORIES = {
  tweet_image: image(),
  dm_image: image(),
  tweet_gif: gif(),
  dm_gif: gif(),
  tweet_video: video(8000 * MB, 16_000 * MB, '7'),
  amplify_video: video(8000 * MB, 16_000 * MB, '13'),
  dm_video: video(512 * MB, 1000 * MB, '7'),
  subtitles: { maxBytes: MB, types: /^text\/(srt|vtt)$/, keyPrefix: '3', slow: false },
};

function image() {
  return { maxBytes: 5 * MB, types: /^image\/(jpeg|png|gif|webp)$/, keyPrefix: '3', slow: false };
}

function gif() {
  return { maxBytes: 15 * MB, types: /^image\/gif$/, keyPrefix: '16', slow: true };
}

/** @param {number} maxBytes @param {number} premiumMaxBytes @param {string} keyPrefix */
function video(maxBytes, premiumMaxBytes, keyPrefix) {
  return { maxBytes, premiumMaxBytes, types: /^video\/(mp4|quicktime|webm|mp2t)$/, keyPrefix, slow: true };
}

/** What an upload may say that it is. */
const MEDIA_TYPES = [
  ...['video/mp4', 'video/webm', 'video/mp2t', 'video/quicktime', 'text/srt', 'text/vtt', 'image/jpeg', 'image/gif'],
  ...['image/bmp', 'image/png', 'image/webp', 'image/pjpeg', 'image/tiff', 'model/gltf-binary', 'model/vnd.usdz+zip'],
];

/** The largest file of a category that a user may upload. @param {string} category @param {{ premium: boolean }} user */
function maxBytes(category, user) {
  const { maxBytes: most, premiumMaxBytes = most } = CATEGORIES[category];
  return user.premium ? premiumMaxBytes : most;
}

/** The category of a post's medium that says only what type it is. @param {string | undefined} mediaType */
function categoryOf(mediaType) {
  if (mediaType?.startsWith('video/')) return 'tweet_video';
  if (mediaType?.startsWith('text/')) return 'subtitles';
  return mediaType === 'image/gif' ? 'tweet_gif' : 'tweet_image';
}

module.exports = { CATEGORIES, MEDIA_TYPES, categoryOf, maxBytes };
