import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { RateLimit, RateLimitStore } from 'twitter-native';

const PREFIX = 'twitter-native:limits';
const USED = `${PREFIX}:used`;
/** No limit of its own: what X's headers said is the limit. */
const UNBOUNDED = Number.MAX_SAFE_INTEGER;
/** X's longest window; windows that are observed have their own end. */
const DAY_SECONDS = 86_400;
/** X tells the end of a window in whole seconds, and clocks differ: ends this near are one window's. */
const SAME_WINDOW_MS = 5000;

/**
 * Takes over what X said of a window, at once with respect to reservations. Requests in flight are counted here and not
 * yet there, so a count is only ever raised; also one that reservations began, which lasts longer than X's window since
 * its end was not known yet. One that ends before X's window is the former window's.
 */
const CORRECT = `
  local counted = tonumber(redis.call('GET', KEYS[1]) or '0')
  local left = redis.call('PTTL', KEYS[1])
  local used, ends, near = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
  if left > 0 and left > ends - near then
    used = math.max(used, counted)
    ends = left < ends + near and left or ends
  end
  redis.call('SET', KEYS[1], used, 'PX', ends)
`;

/**
 * What is left of X's windows, counted in Redis for all processes. Each request is reserved before it is sent; X's
 * answers set the limit and the end of the window, and correct the count where other programs use the account too.
 */
export class SharedRateLimits implements RateLimitStore {
  readonly #redis: Redis;
  readonly #counter: RateLimiterRedis;
  /** Requests per window, as X said last. */
  readonly #limits = new Map<string, number>();

  constructor(redis: Redis) {
    this.#redis = redis;
    this.#counter = new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: USED,
      points: UNBOUNDED,
      duration: DAY_SECONDS,
    });
  }

  async reserve(key: string): Promise<{ retryAt: number } | undefined> {
    const limit = await this.#limitOf(key);
    if (limit === undefined) return undefined;
    const { consumedPoints, msBeforeNext } = await this.#counter.consume(key);
    if (consumedPoints <= limit) return undefined;
    await this.#counter.reward(key);
    return { retryAt: Date.now() + msBeforeNext };
  }

  observe({ key, limit }: { key: string; limit: RateLimit }): void {
    // Daily windows, which few accounts come near, are left to each process.
    if (limit.window !== 'endpoint') return;
    // A count that can't be corrected is corrected by the next answer; X itself refuses what is too much.
    this.correct(key, limit).catch(() => {});
  }

  async #limitOf(key: string): Promise<number | undefined> {
    const known = this.#limits.get(key);
    if (known !== undefined) return known;
    const stored = await this.#redis.get(`${PREFIX}:limit:${key}`);
    if (stored === null) return undefined;
    this.#limits.set(key, Number(stored));
    return Number(stored);
  }

  /** Takes over what X said of a window. */
  async correct(key: string, { limit, remaining, reset }: RateLimit): Promise<void> {
    if (limit === undefined || remaining === undefined || reset === undefined) return;
    const secondsLeft = Math.ceil(reset - Date.now() / 1000);
    if (secondsLeft <= 0) return;
    if (this.#limits.get(key) !== limit) {
      this.#limits.set(key, limit);
      await this.#redis.set(`${PREFIX}:limit:${key}`, limit, 'EX', DAY_SECONDS);
    }
    await this.#redis.eval(CORRECT, 1, `${USED}:${key}`, limit - remaining, secondsLeft * 1000, SAME_WINDOW_MS);
  }
}

const stores = new Map<string, RateLimitStore>();

/** The store of a Redis; one connection for each in a process. It ends with the process. */
export function sharedRateLimits(url: string): RateLimitStore {
  let store = stores.get(url);
  if (store === undefined) {
    const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
    // Without a listener a lost connection would end the process; it is made again by itself.
    redis.on('error', () => {});
    store = new SharedRateLimits(redis);
    stores.set(url, store);
  }
  return store;
}
