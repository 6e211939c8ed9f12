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
