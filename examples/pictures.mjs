// Publishes up to four pictures with descriptions: node examples/pictures.mjs "Text" lamp.jpg "A lamp" https://… "Its arm"
import { publishTweetWithMedia } from 'twitter-native';
import { tokenFromEnvironment } from './lib/token.mjs';

const [text, ...given] = process.argv.slice(2);
const media = [];
for (let at = 0; at < given.length; at += 2) {
  const place = given[at];
  const source = URL.canParse(place) ? { url: place } : { path: place };
  media.push({ ...source, altText: given[at + 1] });
}

const post = await publishTweetWithMedia({ text, media }, tokenFromEnvironment());
for (const { mediaId, bytes, category } of post.media) console.log(`${mediaId}: ${category}, ${bytes} bytes`);
console.log(post.tweetId, post.tweetUrl);
