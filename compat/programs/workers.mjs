// Two worker threads publish at once, each with the package loaded anew, and the main thread after them.
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import * as twitter from 'twitter-native';
import exercise from './exercise.cjs';

const { TEXT } = process.env;
if (isMainThread) {
  const workers = ['first', 'second'].map((name) => new Worker(fileURLToPath(import.meta.url), { workerData: name }));
  const codes = await Promise.all(workers.map(async (worker) => (await once(worker, 'exit'))[0]));
  if (codes.some((code) => code !== 0)) throw new Error(`the workers ended with ${codes}`);
  await exercise(twitter, `${TEXT}, the main thread`);
} else {
  await exercise(twitter, `${TEXT}, the ${workerData} worker`);
}
