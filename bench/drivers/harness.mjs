// One run of one publisher in a process of its own: node harness.mjs JOB, where JOB is JSON. Prints what it used.
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** @typedef {import('../lib/types.d.ts').Job} Job */
/** @typedef {import('../lib/types.d.ts').Publisher} Publisher */
/** @typedef {import('../lib/types.d.ts').Library} Library */

/** The finest that Node offers, in milliseconds: a delay is what a timer of this length was late by, and the length. */
const RESOLUTION_MS = 1;
const IDLE_MS = 300;

const job = /** @type {Job} */ (JSON.parse(String(process.argv[2])));
const { work, mock } = job;

/** @param {number} number */
const textOf = (number) => mock.text.replace('{number}', String(number));

/** @param {number} count @param {number} atOnce @param {(number: number) => Promise<unknown>} one */
async function each(count, atOnce, one) {
  let next = 0;
  const worker = async () => {
    for (let number = next++; number < count; number = next++) await one(number);
  };
  await Promise.all(Array.from({ length: Math.min(count, atOnce) }, worker));
}

/** @param {Publisher} publisher @param {number} number @param {import('../lib/types.d.ts').PublishesWork} work */
async function publish(publisher, number, { mediaPerPost, media }) {
  const ending = media === 'video' ? 'mp4' : 'jpg';
  const urls = Array.from(
    { length: mediaPerPost },
    (_, place) => `${mock.media}/media/${number * mediaPerPost + place}.${ending}`,
  );
  if (publisher.publish) return publisher.publish(textOf(number), urls, media);
  const { upload } = publisher;
  if (!upload) throw new Error('this driver uploads nothing');
  const ids = await Promise.all(urls.map((url) => upload(url, media)));
  return publisher.post(textOf(number), ids);
}

/** @param {Publisher} publisher @param {number} perBatch */
async function readMetrics(publisher, perBatch) {
  const batches = [];
  for (let at = 0; at < mock.ids.length; at += perBatch) batches.push(mock.ids.slice(at, at + perBatch));
  const likes = (await Promise.all(batches.map((ids) => publisher.likes(ids)))).flat();
  const wrong = likes.findIndex((count, index) => count !== mock.likes[index]);
  if (wrong !== -1 || likes.length !== mock.likes.length) throw new Error(`the metrics of post ${wrong} are wrong`);
}

/** Signs, and shows the last signature to the mock. @param {Publisher} publisher @param {number} count */
async function sign(publisher, count) {
  if (!publisher.sign) throw new Error('this driver signs nothing');
  const url = `${mock.api}/2/tweets`;
  let header = '';
  for (let number = 0; number < count; number += 1) {
    const signed = publisher.sign(url);
    header = typeof signed === 'string' ? signed : await signed;
  }
  return async () => {
    const headers = { authorization: header, 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ text: textOf(0) }) });
    if (!answer.ok) throw new Error(`the mock refused the last signature: ${await answer.text()}`);
  };
}

/** Gives what is to be done when the measuring is over. @param {Publisher} publisher */
async function carryOut(publisher) {
  switch (work.kind) {
    case 'posts':
      return each(work.count, work.atOnce, (number) => publisher.post(textOf(number)));
    case 'publishes':
      return each(work.count, work.atOnce, (number) => publish(publisher, number, work));
    case 'metrics':
      return readMetrics(publisher, work.perBatch);
    case 'signatures':
      return sign(publisher, work.count);
    default:
      throw new Error(`nothing is known of ${work.kind}`);
  }
}

/** @param {() => Promise<void | (() => Promise<void>)>} run */
async function measured(run) {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const after = await run();
  const wallMs = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  // A thread that was blocked to the end has not yet noted it.
  await new Promise((resolve) => setTimeout(resolve, 2 * RESOLUTION_MS));
  delays.disable();
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  await after?.();
  const inMs = (/** @type {number} */ nanoseconds) => nanoseconds / 1e6;
  const loop = delays.count > 0 ? { p99Ms: inMs(delays.percentile(99)), maxMs: inMs(delays.max) } : undefined;
  return { wallMs, cpuMs: (user + system) / 1000, peakBytes, loop };
}

/** The time that loading takes, and the first post after it. @param {Library} library */
async function load(library) {
  const loading = await measured(() => library.load(job));
  const publisher = await library.open(mock, job);
  let blockedMs = 0;
  const first = await measured(async () => {
    const begun = performance.now();
    const posted = publisher.post(textOf(0));
    blockedMs = performance.now() - begun;
    await posted;
  });
  await publisher.close?.();
  return { ...loading, loop: first.loop, firstCall: { blockedMs, wallMs: first.wallMs } };
}

async function main() {
  if (job.module === 'idle') return measured(() => new Promise((resolve) => setTimeout(resolve, IDLE_MS)));
  if (job.caFile !== undefined) job.ca = readFileSync(job.caFile, 'utf8');
  const library = /** @type {Library} */ (await import(`./${job.module}.mjs`));
  if (work.kind === 'loading') return load(library);
  await library.load(job);
  const publisher = await library.open(mock, job);
  const result = await measured(() => carryOut(publisher));
  await publisher.close?.();
  return result;
}

console.log(JSON.stringify(await main()));
