'use strict';

// Publishes many videos at once and tells how much memory that took above the idle process.
const { configure, publishTweetWithMedia, parseTweetText } = require('../../../index.js');
const { resident, watchPeak } = require('../resident.js');

const MIB = 1024 * 1024;

async function main() {
  const { token, urls, upload } = JSON.parse(process.argv[2]);
  configure({ upload });
  // The addon is loaded and has run once: what follows is due to the videos alone.
  parseTweetText('warm');
  await publishTweetWithMedia({ text: 'Warm' }, token);
  const idle = resident();
  const watch = watchPeak();
  const publish = ([videoUrl, text]) => publishTweetWithMedia({ text, videoUrl }, token);
  const published = await Promise.all(urls.map(publish));
  const peak = watch.end();
  const mediaIds = published.map(({ media }) => media[0].mediaId);
  console.log(JSON.stringify({ idle: idle / MIB, above: (peak - idle) / MIB, mediaIds }));
}

main();
