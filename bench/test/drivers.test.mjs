// Each publisher passes the mock's checks once, with work that takes no time.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { installApp } from '../lib/app.mjs';
import { DRIVERS } from '../lib/drivers.mjs';
import { build } from '../lib/native.mjs';
import { runOnce } from '../lib/one-run.mjs';

/** @typedef {import('../lib/types.d.ts').Scenario} Scenario */
/** @typedef {import('../lib/types.d.ts').Work} Work */

const MIB = 1024 * 1024;

/** @param {Work} work @param {Scenario['network']} [network] @returns {Scenario} */
const scenario = (work, network) => ({ name: 'test', title: 'a test', group: 'posts', work, network });

const WORK = {
  posts: scenario({ kind: 'posts', count: 12, atOnce: 4 }),
  'posts over TLS': scenario({ kind: 'posts', count: 6, atOnce: 3 }, { tls: true }),
  'posts far away': scenario({ kind: 'posts', count: 2, atOnce: 2 }, { delayMs: 20 }),
  images: scenario({ kind: 'publishes', count: 2, atOnce: 1, mediaPerPost: 4, media: 'image', bytes: 300_000 }),
  // More than a segment of the largest that any of them has.
  videos: scenario({ kind: 'publishes', count: 2, atOnce: 2, mediaPerPost: 1, media: 'video', bytes: 9 * MIB }),
  'a capped video': scenario(
    { kind: 'publishes', count: 1, atOnce: 1, mediaPerPost: 1, media: 'video', bytes: 9 * MIB },
    { uploadBytesPerSecond: 50e6, downloadBytesPerSecond: 50e6 },
  ),
  metrics: scenario({ kind: 'metrics', count: 200, perBatch: 100 }),
  signatures: scenario({ kind: 'signatures', count: 20 }),
  loading: scenario({ kind: 'loading' }),
};

before(() => {
  build('twitter-native-bench', 'dev');
  installApp();
});

for (const driver of DRIVERS) {
  test(driver.title, async (context) => {
    for (const [name, work] of Object.entries(WORK)) {
      if (driver.only && !driver.only(work)) continue;
      await context.test(name, async (subtest) => {
        const outcome = await runOnce(work, driver, 'dev');
        if ('failed' in outcome && /has no Signer/.test(outcome.failed)) return subtest.skip(outcome.failed);
        assert.ok('measured' in outcome, JSON.stringify(outcome));
        const { wallMs, cpuMs, peakBytes, connections } = outcome.measured;
        assert.ok(wallMs > 0 && cpuMs >= 0 && peakBytes > MIB, JSON.stringify(outcome));
        assert.ok(connections > 0, JSON.stringify(outcome));
      });
    }
  });
}
