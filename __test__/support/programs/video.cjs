'use strict';

// Publishes a video and tells how much memory that took above the idle process.
const { publishTweetWithMedia, parseTweetText } = require('../../../index.js');
const { resident } = require('../resident.js');

const MIB = 1024 * 1024;

async function main() {
  const [, , token, url] = process.argv;
  // The addon is loaded and has run once: what follows is due to the video alone.
  parseTweetText('warm');
  await publishTweetWithMedia({ text: 'Warm' }, token);
  const idle = resident();
  let peak = idle;
  let longestWait = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    const now = performance.now();
    longestWait = Math.max(longestWait, now - last - 5);
    last = now;
    peak = Math.max(peak, resident());
  }, 5);
  const begun = performance.now();
  const { media } = await publishTweetWithMedia({ text: 'A video', videoUrl: url }, token);
  clearInterval(watch);
  const seconds = (performance.now() - begun) / 1000;
  console.log(
    JSON.stringify({
      idle: idle / MIB,
      above: (peak - idle) / MIB,
      bytes: media[0].bytes,
      mediaId: media[0].mediaId,
      seconds,
      longestWait,
    }),
  );
}

main();
