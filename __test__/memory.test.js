'use strict';

const { useSandbox } = require('./support/harness.js');
const { runProgram } = require('./support/run.js');

const context = useSandbox();
const GIB = 1024 ** 3;

test('a video of 1 GiB takes less than 64 MiB above the idle process', async () => {
  const url = context.url(`/media/mp4?bytes=${GIB}&durationMs=60000`);
  const { code, stdout, stderr } = await runProgram('video.cjs', { args: [context.user.oauth2.accessToken, url] });
  expect([code, stderr]).toEqual([0, '']);
  const { above, idle, bytes, mediaId, seconds } = JSON.parse(stdout);
  process.stdout.write(
    `1 GiB video: ${above.toFixed(1)} MiB above an idle process of ${idle.toFixed(1)} MiB, ${seconds.toFixed(1)} s\n`,
  );
  expect(bytes).toBe(GIB);
  expect(context.sandbox.ledger.media(mediaId)).toMatchObject({ bytes: GIB, conflicts: 0 });
  expect(above).toBeLessThan(64);
}, 300_000);

test.each([
  ['a Buffer', 'data', 64],
  ['one chunk of a stream', 'stream', 64],
  // JavaScript makes copies of its own of these, which wait for its garbage collector.
  ['shared memory', 'shared', 96],
  ['a Blob', 'blob', 96],
])(
  '200 MiB out of %s (%s) take less than %i MiB beside them, and are copied slice by slice',
  async (_name, kind, most) => {
    const size = 200 * 1024 * 1024;
    const job = { token: context.user.oauth2.accessToken, kind, bytes: size };
    const run = { args: [JSON.stringify(job)], node: ['--expose-gc'] };
    const { code, stdout, stderr } = await runProgram('buffer.cjs', run);
    expect([code, stderr]).toEqual([0, '']);
    const { above, mediaId, copied, largest, mostInTurn } = JSON.parse(stdout);
    process.stdout.write(`200 MiB out of ${kind}: ${above.toFixed(1)} MiB beside them\n`);
    expect(context.sandbox.ledger.media(mediaId)).toMatchObject({ bytes: size, conflicts: 0 });
    expect(copied).toBe(size);
    expect(largest).toBeLessThanOrEqual(1024 * 1024);
    // One for each turn; which of two things of a turn comes first may change between them.
    expect(mostInTurn).toBeLessThanOrEqual(2);
    expect(above).toBeLessThan(most);
  },
  300_000,
);
