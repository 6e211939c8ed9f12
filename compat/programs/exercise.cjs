// What each program does with the package that it has loaded in its own way.
'use strict';

const { readFileSync } = require('node:fs');

/**
 * Publishes a text with a picture from an address and one from memory, and sees that errors are the package's own.
 * @param {typeof import('twitter-native') & { default: unknown }} twitter
 * @param {string} [text]
 */
module.exports = async function exercise(twitter, text = String(process.env.TEXT)) {
  const token = String(process.env.TOKEN);
  if (twitter.default !== twitter.TwitterService) throw new Error('the default export is not the class');
  new twitter.TwitterService({ clientId: 'a', clientSecret: 'b', apiKey: 'c', apiSecret: 'd' });
  const media = [
    { url: String(process.env.PICTURE), altText: 'From an address' },
    { data: readFileSync(String(process.env.PICTURE_FILE)), altText: 'From memory' },
  ];
  const { tweetId } = await twitter.publishTweetWithMedia({ text, media }, token);
  const error = await twitter
    .publishTweetWithMedia({ text: '' }, token)
    .catch((/** @type {unknown} */ thrown) => thrown);
  if (!(error instanceof twitter.TwitterError) || !(error instanceof Error)) {
    throw new Error(`an empty post gave ${error}`);
  }
  return tweetId;
};
