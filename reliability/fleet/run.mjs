// Two servers, two workers, five accounts, 200 posts at once, and a worker that is killed: npm run test:fleet
import { setTimeout as delay } from 'node:timers/promises';
import { ensureAddon, ensureNodeModules } from '../../tools/lib/ensure.mjs';
import { ensureShop } from '../../tools/lib/medusa-shop.mjs';
import { readOptions } from '../../tools/lib/options.mjs';

const { values } = readOptions({ options: { built: { type: 'boolean', default: false } } });

const POSTS = 200;
const ACCOUNTS = 5;
/** The worker is killed when so many posts are out. */
const KILL_AT = 40;
/** An account's 40 posts need three windows, so the last of them begins 60 s after the first, on any machine. */
const LIMIT = 15;
const WINDOW_MS = 30_000;
/** Less than two windows, so that every account meets an expiry in the middle of its posts. */
const TOKEN_LIFE_MS = 40_000;
/** A post that was in doubt at the kill waits two minutes for the timeline, and up to two for the job. */
const DEADLINE_MS = 9 * 60_000;

if (!values.built) ensureAddon();
ensureNodeModules('medusa');
const { hasRedis } = await import('../../medusa/testing/redis.mjs');
if (!hasRedis()) {
  console.log('Passed over: redis-server is not installed (Debian: apt-get install redis-server)');
  process.exit(process.env.REQUIRE_ALL_TESTS === '1' ? 1 : 0);
}
ensureShop();
const { startFleet } = await import('./fleet.mjs');
const { composePosts } = await import('./posts.mjs');
const { judge } = await import('./judge.mjs');

const begun = performance.now();
const report = (/** @type {string} */ step) =>
  console.log(`${String(Math.round((performance.now() - begun) / 1000)).padStart(4)} s  ${step}`);

/** @param {{ status: string }[]} posts */
function countsOf(posts) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const { status } of posts) counts[status] = (counts[status] ?? 0) + 1;
  return Object.entries(counts)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ');
}

const fleet = await startFleet({
  servers: 2,
  workers: 2,
  sandbox: { accessTokenLifeMs: TOKEN_LIFE_MS, rateLimits: { createTweet: { user: [LIMIT, WINDOW_MS] } } },
  report,
});
try {
  report(`composing ${POSTS} posts of ${ACCOUNTS} accounts`);
  const { drafts, publishAll, readAll } = await composePosts(fleet, { accounts: ACCOUNTS, posts: POSTS });
  const killed = fleet.sandbox.ledger
    .waitFor((/** @type {any} */ ledger) => ledger.tweets().length >= KILL_AT)
    .then(() => fleet.workers[0].kill())
    .then(() => report(`killed a worker when ${fleet.sandbox.ledger.tweets().length} posts were out`));
  report('publishing all of them');
  await publishAll();
  await killed;
  const end = performance.now() + DEADLINE_MS;
  let posts = await readAll();
  for (let shown = ''; performance.now() < end; posts = await readAll()) {
    const line = countsOf(posts);
    if (line !== shown) report(line);
    shown = line;
    if (posts.every(({ status }) => status === 'posted' || status === 'failed')) break;
    await delay(2000);
  }
  const judged = judge(fleet.sandbox, drafts, posts, { accounts: ACCOUNTS, limit: LIMIT, lifeMs: TOKEN_LIFE_MS });
  console.log('');
  for (const { name, passed, figure } of judged) console.log(`${passed ? '✓' : '✗'} ${name}: ${figure}`);
  const failed = judged.filter(({ passed }) => !passed).length;
  console.log(`\nFleet: ${judged.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  await fleet.stop();
}
process.exit();
