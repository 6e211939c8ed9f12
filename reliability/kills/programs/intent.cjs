'use strict';

// Publishes intents whose rows lie in a folder, one after the other; may be killed at any time, and begun again.

const { setTimeout: wait } = require('node:timers/promises');
const { PublishIntent } = require('../../../index.js');
const { fileRow, othersIn } = require('../file-row.js');

/** @type {{ folder: string, intents: Array<{ name: string, content: any, media?: string }>, token: string, options: any, leaseMs: number, untilOver?: boolean, tellsOthers?: boolean }} */
const job = JSON.parse(process.argv[2]);

/** @param {object} message */
const tell = (message) => new Promise((resolve) => process.send?.(message, resolve));

/** @param {typeof job.intents[number]} intent */
async function publish({ name, content, media }) {
  const others = job.tellsOthers ? { others: othersIn(job.folder) } : {};
  const intent = new PublishIntent({ ...fileRow(job.folder, name), ...others, leaseMs: job.leaseMs });
  const whole = media ? { ...content, media: [{ path: media }] } : content;
  for (;;) {
    try {
      const { tweetId, reconciled } = await intent.publish(whole, job.token, null, job.options);
      return { name, tweetId, reconciled };
    } catch (error) {
      const isBusy = error.code === 'IN_PROGRESS' && job.untilOver;
      if (!isBusy) return { name, error: { code: error.code, message: error.message } };
      // Whoever works on it was killed, or will be done soon.
      await wait(Math.min(Math.max((error.retryAt ?? 0) - Date.now(), 5), 200));
    }
  }
}

async function main() {
  for (const intent of job.intents) await tell(await publish(intent));
  await tell({ end: true });
  process.disconnect?.();
}

main();
