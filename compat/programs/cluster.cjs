// Two processes of a cluster publish at once, and the primary one after them.
'use strict';

const cluster = require('node:cluster');
const { once } = require('node:events');
const twitter = require('twitter-native');
const exercise = require('./exercise.cjs');

const { TEXT } = process.env;

async function main() {
  if (!cluster.isPrimary) {
    await exercise(twitter, `${TEXT}, process ${process.env.NAME}`);
    cluster.worker?.disconnect();
    return;
  }
  const workers = ['one', 'two'].map((NAME) => cluster.fork({ NAME }));
  const codes = await Promise.all(workers.map(async (worker) => (await once(worker, 'exit'))[0]));
  if (codes.some((code) => code !== 0)) throw new Error(`the processes ended with ${codes}`);
  await exercise(twitter, `${TEXT}, the primary process`);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
