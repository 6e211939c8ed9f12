'use strict';

const { mkdtemp, rm, writeFile } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { useSandbox } = require('./support/harness.js');
const { bytesOf, sha256 } = require('./support/media.js');
const { runProgram } = require('./support/run.js');

const SEGMENT_BYTES = 400_000;
const PUBLISHES = 200;
/** What takes bytes away, not only memory beside them. */
const REMOVING = ['clone', 'post', 'transfer', 'shrink', 'empty'];

let folder;
const media = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moving-memory-'));
  media.video = await bytesOf({ kind: 'mp4', bytes: 2_500_000 });
  media.picture = await bytesOf({ kind: 'jpeg', bytes: 60_000 });
  for (const [name, bytes] of Object.entries(media)) await writeFile(join(folder, name), bytes);
});

afterAll(() => rm(folder, { recursive: true }));

/** Publishes in a process of its own, and gives how each publish ended. */
async function publishAll(context, { seed, client = {}, node = [] }) {
  const job = {
    seed,
    token: context.user.oauth2.accessToken,
    publishes: PUBLISHES,
    client: { ...client, upload: { segmentBytes: SEGMENT_BYTES } },
    ...Object.fromEntries(Object.keys(media).map((name) => [name, join(folder, name)])),
  };
  const args = [JSON.stringify(job)];
  const { stdout, ...ended } = await runProgram('moving-memory.cjs', { args, node: ['--expose-gc', ...node] });
  expect(ended).toEqual({ code: 0, signal: null, stderr: '' });
  return JSON.parse(stdout);
}

/** Whether memory went away before a byte of it can have been read: smaller data are copied at the call. */
const isLostAtOnce = ({ taker, at, from, medium }) =>
  REMOVING.includes(taker) && at === 'now' && (medium === 'video' || from === 'stream');

const isSafe = ({ taker, at, from, medium }) =>
  !REMOVING.includes(taker) || at === 'after' || (medium === 'picture' && from !== 'stream');

/** What X was sent of a medium that is not of the caller's bytes. */
function foreignTo({ category, segments }) {
  const bytes = category === 'tweet_video' ? media.video : media.picture;
  const size = category === 'tweet_video' ? SEGMENT_BYTES : bytes.length;
  return [...segments].filter(
    ([index, { sha256: sum }]) => sum !== sha256(bytes.subarray(index * size, (index + 1) * size)),
  );
}

function check({ sandbox }, { outcomes }) {
  expect(outcomes).toHaveLength(PUBLISHES);
  for (const outcome of outcomes.filter(isLostAtOnce)) expect(outcome).toMatchObject({ code: 'MEDIA_SOURCE' });
  for (const outcome of outcomes.filter(isSafe)) expect(outcome.mediaIds).toEqual([expect.any(String)]);
  const failed = outcomes.filter(({ mediaIds }) => mediaIds === undefined);
  for (const { code, message } of failed) {
    expect([code, message]).toEqual(['MEDIA_SOURCE', expect.stringMatching(/ (is detached|has become too short): /)]);
  }
  const published = outcomes.filter(({ mediaIds }) => mediaIds !== undefined);
  expect(sandbox.ledger.tweets()).toHaveLength(published.length);
  for (const { mediaIds, medium } of published) {
    expect(sandbox.ledger.media(mediaIds[0])).toMatchObject({ sha256: sha256(media[medium]), conflicts: 0 });
  }
  for (const medium of sandbox.ledger.media()) expect(foreignTo(medium)).toEqual([]);
  // The choices cover both ends, whatever the machine's speed.
  for (const kind of [isLostAtOnce, isSafe]) expect(outcomes.filter(kind).length).toBeGreaterThan(PUBLISHES / 20);
}

describe('memory that is taken away while it is published is never read', () => {
  describe('over HTTP', () => {
    const context = useSandbox({ processingMs: 0 });
    test(`${PUBLISHES} publishes`, async () => check(context, await publishAll(context, { seed: 1 })), 600_000);
  });

  describe('over TLS', () => {
    const context = useSandbox({ processingMs: 0, tls: true });
    test(`${PUBLISHES} publishes`, async () => {
      const client = { caCertificates: [context.sandbox.caCertificate] };
      // The flag lets Node 20 have what later ones have: ArrayBuffer.prototype.transfer.
      const node = process.versions.node.startsWith('20.') ? ['--harmony-rab-gsab-transfer'] : [];
      const all = await publishAll(context, { seed: 2, client, node });
      expect(all.takers).toContain('transfer');
      check(context, all);
    }, 600_000);
  });
});
