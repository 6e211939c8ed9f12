'use strict';

// Publishes once, keeping its checkpoints in a file; may be killed at any time, and begun again.
const { existsSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { publishTweetWithMedia } = require('../../../index.js');

const { content, media, credentials, file, holdAt, options } = JSON.parse(process.argv[2]);

/** Puts it in the place of the one before, whole or not at all. @param {string} checkpoint */
function keep(checkpoint) {
  writeFileSync(`${file}.new`, checkpoint);
  renameSync(`${file}.new`, file);
}

/** @param {string} checkpoint */
async function onCheckpoint(checkpoint) {
  const { state } = JSON.parse(checkpoint).post;
  if (state === holdAt.before) await hold();
  keep(checkpoint);
  if (state === holdAt.after) await hold();
}

/** Waits to be killed. */
function hold() {
  process.send?.({ held: true });
  return new Promise((resolve) => setTimeout(resolve, 60_000));
}

async function main() {
  const checkpoint = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const whole = { ...content, media: [{ data: readFileSync(media) }] };
  try {
    const { tweetId, reconciled } = await publishTweetWithMedia(whole, null, credentials, {
      ...options,
      checkpoint,
      onCheckpoint,
    });
    process.send?.({ tweetId, reconciled });
  } catch (error) {
    process.send?.({ error: error.toJSON?.() ?? String(error) });
  }
  process.disconnect?.();
}

main();
