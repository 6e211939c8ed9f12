import { Redis } from 'ioredis';
import { SharedRateLimits, sharedRateLimits } from '../src/twitter/rate-limit-store';

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const limit = (remaining: number, reset: number) => ({ window: 'endpoint' as const, limit: 5, remaining, reset });

describe('SharedRateLimits', () => {
  let stop: (() => Promise<void>) | undefined;
  let connections: Redis[] = [];
  let address: string;
  /** What two processes have. */
  let stores: [SharedRateLimits, SharedRateLimits];

  beforeAll(async () => {
    const { hasRedis, startRedis } = await import('../testing/redis.mjs');
    if (!hasRedis()) return;
    const redis = await startRedis();
    stop = redis.stop;
    address = redis.url;
    connections = [new Redis(redis.url), new Redis(redis.url)];
    stores = connections.map((connection) => new SharedRateLimits(connection)) as typeof stores;
  });

  afterAll(async () => {
    for (const connection of connections) connection.disconnect();
    await stop?.();
  });

  /** A test that is passed over on machines without a `redis-server`. */
  const withRedis = (name: string, test: () => Promise<void>) => {
    it(name, async () => {
      if (stop !== undefined) await test();
      else if (process.env.REQUIRE_ALL_TESTS === '1') throw new Error('redis-server is not installed');
      else console.warn(`passed over without redis-server: ${name}`);
    });
  };

  /** What Redis does by itself when a window's time is over. */
  const endWindow = (key: string) => connections[0]?.del(`twitter-native:limits:window:${key}`);
  /** How many requests are let go, in turn by each of the two processes. */
  const letGo = async (key: string) => {
    for (let count = 0; ; count += 1) if (await stores[count % 2 ? 1 : 0].reserve(key)) return count;
  };

  withRedis('lets requests pass while nothing is known', async () => {
    expect(await stores[0].reserve('unknown')).toBeUndefined();
  });

  withRedis('counts for all processes, and says when the window ends', async () => {
    const reset = inSeconds(60);
    await stores[0].correct('shared', limit(3, reset));
    const answers = [];
    for (let index = 0; index < 4; index += 1) answers.push(await stores[index % 2 ? 1 : 0].reserve('shared'));
    expect(answers.slice(0, 3)).toEqual([undefined, undefined, undefined]);
    expect(Math.abs((answers[3]?.retryAt as number) - reset * 1000)).toBeLessThan(3000);
    expect(await stores[1].reserve('shared')).toBeDefined();
  });

  withRedis('counts what other programs use, and does not forget what is under way', async () => {
    const reset = inSeconds(60);
    await stores[0].correct('others', limit(4, reset));
    await stores[1].reserve('others');
    await stores[1].reserve('others');
    await stores[0].correct('others', limit(3, reset));
    expect(await stores[0].reserve('others')).toBeUndefined();
    await stores[0].correct('others', limit(0, reset));
    expect(await stores[1].reserve('others')).toBeDefined();
  });

  withRedis('begins anew with the next window', async () => {
    await stores[0].correct('next', limit(0, inSeconds(30)));
    expect(await stores[1].reserve('next')).toBeDefined();
    await stores[0].correct('next', limit(4, inSeconds(90)));
    expect(await stores[1].reserve('next')).toBeUndefined();
  });

  withRedis('does not forget what is under way when the first answer of a window arrives', async () => {
    await stores[0].correct('first', limit(0, inSeconds(60)));
    await endWindow('first');
    for (let index = 0; index < 5; index += 1) expect(await stores[index % 2 ? 1 : 0].reserve('first')).toBeUndefined();
    const reset = inSeconds(60);
    await stores[0].correct('first', limit(4, reset));
    const { retryAt } = (await stores[1].reserve('first')) as { retryAt: number };
    expect(Math.abs(retryAt - reset * 1000)).toBeLessThan(3000);
  });

  withRedis('counts before the first answer, which says how many there may be', async () => {
    for (let index = 0; index < 3; index += 1) expect(await stores[index % 2 ? 1 : 0].reserve('begin')).toBeUndefined();
    await stores[0].correct('begin', limit(4, inSeconds(60)));
    expect(await letGo('begin')).toBe(2);
  });

  withRedis('what is under way when a window ends may count in the next one', async () => {
    await stores[0].correct('roll', limit(2, inSeconds(60)));
    expect(await letGo('roll')).toBe(2);
    await endWindow('roll');
    expect(await letGo('roll')).toBe(3);
    const { retryAt } = (await stores[0].reserve('roll')) as { retryAt: number };
    // Nobody knows when this window ends before its first answer.
    expect(retryAt - Date.now()).toBeLessThanOrEqual(1000);
    // Three answers are of this window, and two were of the last one.
    const reset = inSeconds(60);
    for (const remaining of [4, 3, 2, 2, 2]) await stores[1].correct('roll', limit(remaining, reset));
    expect(await letGo('roll')).toBe(2);
  });

  withRedis('counts the first request of a process, before which there is no connection', async () => {
    await stores[0].correct('fresh', limit(1, inSeconds(60)));
    const fresh = sharedRateLimits(address);
    expect(await fresh.reserve('fresh')).toBeUndefined();
    expect(await fresh.reserve('fresh')).toBeDefined();
    expect(sharedRateLimits(address)).toBe(fresh);
  });

  withRedis('takes the answer to an uncounted request for no counted one’s', async () => {
    await stores[0].correct('uncounted', limit(5, inSeconds(60)));
    expect(await stores[0].reserve('uncounted')).toBeUndefined();
    const lost = new Redis({ lazyConnect: true, enableOfflineQueue: false });
    const store = new SharedRateLimits(lost);
    await expect(store.reserve('uncounted')).rejects.toThrow();
    // Redis is back when the answer comes: it is the first of this window, and one more is under way.
    lost.eval = connections[1]?.eval.bind(connections[1]) as typeof lost.eval;
    await store.correct('uncounted', limit(4, inSeconds(60)));
    expect(await letGo('uncounted')).toBe(3);
    lost.disconnect();
  });

  withRedis('takes over a window that is about to end', async () => {
    await stores[0].correct('ending', limit(0, inSeconds(4)));
    expect(await stores[1].reserve('ending')).toBeDefined();
  });

  withRedis('ignores answers of windows that are over', async () => {
    await stores[0].correct('over', limit(0, inSeconds(-5)));
    expect(await stores[0].reserve('over')).toBeUndefined();
  });
});
