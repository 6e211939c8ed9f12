// The posts of the demo, and what is shown while they go out.
import { readFileSync } from 'node:fs';
import { clearLine, cursorTo } from 'node:readline';
import { Readable } from 'node:stream';

const MIB = 1024 * 1024;
const VIDEO_BYTES = 64 * MIB;

/** The process's largest resident memory so far. */
const peakMemory = () => process.resourceUsage().maxRSS * 1024;

/** Bytes resident now. */
function residentMemory() {
  try {
    return Number(readFileSync('/proc/self/statm', 'utf8').split(' ')[1]) * 4096;
  } catch {
    return process.memoryUsage.rss();
  }
}

/** @param {number} bytes */
const inMib = (bytes) => `${(bytes / MIB).toFixed(1)} MiB`;

/**
 * Shows a bar for the largest medium that is under way.
 * @param {import('../../index.d.ts').MediaProgress} event
 */
function showProgress({ phase, bytesSent, totalBytes, processingPercent }) {
  const share = totalBytes === 0 ? 1 : bytesSent / totalBytes;
  const words = phase === 'processing' ? `processing ${processingPercent ?? 0} %` : phase;
  const numbers = ` ${inMib(bytesSent).padStart(9)} of ${inMib(totalBytes)}  ${words}`;
  // A line that is as long as the screen is wide wraps, and is then not drawn over but added to.
  const width = Math.max(0, Math.min(32, (process.stdout.columns ?? 80) - numbers.length - 3));
  const bar = '█'.repeat(Math.round(share * width)).padEnd(width, '░');
  const line = `  ${bar}${numbers}`;
  if (process.stdout.isTTY) {
    cursorTo(process.stdout, 0);
    process.stdout.write(line);
    clearLine(process.stdout, 1);
    if (phase === 'ready') process.stdout.write('\n');
  } else if (phase !== 'uploading' || bytesSent === totalBytes) console.log(line);
}

/**
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @param {(result: T) => string[]} urls
 */
async function timed(name, work, urls) {
  const begun = performance.now();
  const result = await work();
  const time = `${Math.round(performance.now() - begun)} ms`;
  console.log(`${name.padEnd(34)} ${time.padStart(8)}   ${urls(result).join('\n'.padEnd(47))}`);
  return result;
}

/** @typedef {typeof import('../../index.d.ts')} Addon */

/**
 * What the posts are made with.
 * @typedef {object} Demo
 * @property {Addon} addon
 * @property {string} token
 * @property {import('../../index.d.ts').OAuth1Credentials} oauth1
 * @property {(path: string) => string} media the address of a medium that the sandbox makes
 * @property {(result: { tweetId: string }) => string[]} page where the sandbox shows a post
 */

/** Posts that are text alone, or nearly. @param {Demo} demo */
async function publishTexts({ addon: { publishThread, publishTweetWithMedia }, token, page }) {
  const text = 'The autumn collection is here 🍂 https://www.example.com/autumn';
  const first = await timed('A text', () => publishTweetWithMedia({ text }, token), page);
  const poll = { options: ['Brass', 'Paper', 'Concrete'], durationMinutes: 1440 };
  await timed('A poll', () => publishTweetWithMedia({ text: 'Which lamp is next?', poll }, token), page);
  const quote = { text: 'In case you missed it', quoteTweetId: first.tweetId };
  await timed('A quote of the first', () => publishTweetWithMedia(quote, token), page);
  const parts = [
    { text: 'How it is made, in three parts' },
    { text: 'First the wood …' },
    { text: '… then the light' },
  ];
  await timed(
    'A thread of three',
    () => publishThread(parts, token),
    ({ tweets }) => tweets.flatMap(page),
  );
  return first;
}

/** @param {Demo} demo */
async function publishPictures({ addon: { publishTweetWithMedia }, token, oauth1, media, page }) {
  const pictures = ['front', 'back', 'left', 'right'].map((side, index) => ({
    url: media(`${index % 2 ? 'png' : 'jpeg'}?width=800&height=600&seed=${index + 1}`),
    altText: `The lamp from the ${side}`,
  }));
  const content = { text: 'From every side', media: pictures };
  await timed('Four pictures with descriptions', () => publishTweetWithMedia(content, token, oauth1), page);

  const gifUrl = media('gif?width=240&height=180&frames=12');
  await timed('An animated GIF', () => publishTweetWithMedia({ text: 'It turns', gifUrl }, token), page);

  const response = await fetch(media('jpeg?width=640&height=480&seed=9'));
  const stream = Readable.from(Buffer.from(await response.arrayBuffer()));
  const streamed = { text: 'Straight from a stream', media: [{ stream, altText: 'A lamp' }] };
  await timed('A picture from a stream', () => publishTweetWithMedia(streamed, token), page);
}

/** Gives how much more memory there was at its peak than before. @param {Demo} demo */
async function publishVideo({ addon: { publishTweetWithMedia }, token, oauth1, media, page }) {
  const before = residentMemory();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, residentMemory());
  }, 5);
  const videoUrl = media(`mp4?bytes=${VIDEO_BYTES}&width=640&height=360&durationMs=30000&moov=end`);
  const content = { text: 'It moves', videoUrl };
  const options = { onProgress: showProgress };
  await timed('A video of 64 MiB', () => publishTweetWithMedia(content, token, oauth1, options), page);
  clearInterval(watch);
  return most - before;
}

/**
 * @param {string} sandboxUrl
 * @param {import('../../sandbox/index.js').SeededUser} user
 */
export async function publishAll(sandboxUrl, user) {
  const addon = await import('../../index.mjs');
  const token = user.oauth2.accessToken;
  /** @type {Demo} */
  const demo = {
    addon,
    token,
    oauth1: user.oauth1Credentials,
    media: (path) => `${sandboxUrl}/media/${path}`,
    page: ({ tweetId }) => [`${sandboxUrl}/i/web/status/${tweetId}`],
  };
  const first = await publishTexts(demo);
  await publishPictures(demo);
  const more = await publishVideo(demo);

  const { likes, retweets, replies, impressions } = await addon.getTweetMetrics(first.tweetId, token, {
    scope: 'owner',
  });
  console.log(`\nThe first post has ${impressions} views, ${likes} likes, ${retweets} reposts, ${replies} replies`);
  console.log(`Memory: ${inMib(peakMemory())} at its peak; the video took ${inMib(more)} more than there was before`);
}
