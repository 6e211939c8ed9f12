// The posts of the demo, and what is shown while they go out.
import { readFileSync } from 'node:fs';

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
  const width = 32;
  const bar = '█'.repeat(Math.round(share * width)).padEnd(width, '░');
  const words = phase === 'processing' ? `processing ${processingPercent ?? 0} %` : phase;
  const line = `  ${bar} ${inMib(bytesSent).padStart(9)} of ${inMib(totalBytes)}  ${words}`;
  if (process.stdout.isTTY) process.stdout.write(`\r${line.padEnd(90)}${phase === 'ready' ? '\n' : ''}`);
  else if (phase !== 'uploading' || bytesSent === totalBytes) console.log(line);
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

/**
 * @param {string} sandboxUrl
 * @param {import('../../sandbox/index.js').SeededUser} user
 */
export async function publishAll(sandboxUrl, user) {
  const { getTweetMetrics, publishThread, publishTweetWithMedia } = await import('../../index.mjs');
  const token = user.oauth2.accessToken;
  const media = (/** @type {string} */ path) => `${sandboxUrl}/media/${path}`;
  const url = (/** @type {{ tweetUrl: string }} */ { tweetUrl }) => [tweetUrl];

  const text = 'The autumn collection is here 🍂 https://www.example.com/autumn';
  const first = await timed('A text', () => publishTweetWithMedia({ text }, token), url);

  const views = ['front', 'back', 'left', 'right'];
  const pictures = views.map((side, index) => ({
    url: media(`${index % 2 ? 'png' : 'jpeg'}?width=800&height=600&seed=${index + 1}`),
    altText: `The lamp from the ${side}`,
  }));
  await timed(
    'Four pictures with descriptions',
    () => publishTweetWithMedia({ text: 'From every side', media: pictures }, token, user.oauth1Credentials),
    url,
  );

  const gifUrl = media('gif?width=240&height=180&frames=12');
  await timed('An animated GIF', () => publishTweetWithMedia({ text: 'It turns', gifUrl }, token), url);

  const before = residentMemory();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, residentMemory());
  }, 5);
  const videoUrl = media(`mp4?bytes=${VIDEO_BYTES}&width=640&height=360&durationMs=30000&moov=end`);
  await timed(
    'A video of 64 MiB',
    () =>
      publishTweetWithMedia({ text: 'It moves', videoUrl }, token, user.oauth1Credentials, {
        onProgress: showProgress,
      }),
    url,
  );
  clearInterval(watch);

  const parts = [
    { text: 'How it is made, in three parts' },
    { text: 'First the wood …' },
    { text: '… then the light' },
  ];
  await timed(
    'A thread of three',
    () => publishThread(parts, token),
    ({ tweets }) => tweets.map(({ tweetUrl }) => tweetUrl),
  );

  const metrics = await getTweetMetrics(first.tweetId, token, { scope: 'owner' });
  const { likes, retweets, replies, impressions } = metrics;
  console.log(`\nThe first post has ${impressions} views, ${likes} likes, ${retweets} reposts, ${replies} replies`);
  console.log(
    `Memory: ${inMib(peakMemory())} at its peak; the video took ${inMib(most - before)} more than there was before`,
  );
}
