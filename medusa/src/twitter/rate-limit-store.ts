import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { RateLimit, RateLimitStore } from 'twitter-native';

const PREFIX = 'twitter-native:limits';
/** X's longest window, for those whose end is not known yet. */
const DAY_MS = 86_400_000;
/** X gives the end of a window in whole seconds, and clocks differ: ends this near are one window's. */
const SAME_WINDOW_MS = 5000;
/** Longer than an attempt lasts: a request that nobody has heard of for so long is lost. */
const LOST_AFTER_MS = 120_000;
/** A post that waits for a Redis that does not answer waits no longer than this. */
const COMMAND_TIMEOUT_MS = 2000;
/** When to look again at a window whose end is not known: the answers that are awaited say it. */
const NEXT_LOOK_MS = 1000;

/*
 * A window in Redis: `used` is what is taken out of it, `seen` the most that X has counted, which is missing before the
 * first answer; it expires when X's window ends. Beside it the requests that are under way, by the time of their beginning.
 */

const PRELUDE = `
  local window, under_way, limits = KEYS[1], KEYS[2], KEYS[3]
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call('ZREMRANGEBYSCORE', under_way, '-inf', now - ${LOST_AFTER_MS})
`;

/** Takes one request out of the window: nothing, or for how many milliseconds there is none. */
const RESERVE = `${PRELUDE}
  local awaited = redis.call('ZCARD', under_way)
  local used = tonumber(redis.call('HGET', window, 'used'))
  if not used then
    -- Those that are awaited may count in the window that begins.
    used = awaited
    redis.call('HSET', window, 'used', used)
    redis.call('PEXPIRE', window, ${DAY_MS})
  end
  local limit = tonumber(redis.call('GET', limits))
  if limit and used >= limit then
    if redis.call('HEXISTS', window, 'seen') == 1 then return redis.call('PTTL', window) end
    if awaited > 0 then return ${NEXT_LOOK_MS} end
  end
  redis.call('HINCRBY', window, 'used', 1)
  redis.call('ZADD', under_way, now, ARGV[1])
  redis.call('PEXPIRE', under_way, ${LOST_AFTER_MS})
`;

/**
 * Takes over what X said with an answer. X has counted some of those that are under way and not the others, so what is
 * used is no less than X's figure, and no more than that and all of them.
 */
const ANSWERED = `${PRELUDE}
  local limit, seen, ends, uncounted = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
  -- Which of them it is does not matter; a lost one stays, and is dropped when its time is over.
  if uncounted == 0 then redis.call('ZPOPMAX', under_way) end
  if ends <= 0 then return end
  redis.call('SET', limits, limit, 'PX', ${DAY_MS})
  local most = redis.call('ZCARD', under_way)
  local left = redis.call('PTTL', window)
  local used = seen + most
  if left > 0 and left > ends - ${SAME_WINDOW_MS} then
    seen = math.max(seen, tonumber(redis.call('HGET', window, 'seen') or '0'))
    local counted = tonumber(redis.call('HGET', window, 'used')) + uncounted
    used = math.min(math.max(counted, seen), seen + most)
    if left < ends + ${SAME_WINDOW_MS} then ends = left end
  end
  redis.call('HSET', window, 'used', used, 'seen', seen)
  redis.call('PEXPIRE', window, ends)
`;

/**
 * What is left of X's windows, counted in Redis for all processes. Each request is reserved before it is sent; X's
 * answers set the limit and the end of the window, and correct the count where other programs use the account too.
 */
export class SharedRateLimits implements RateLimitStore {
  readonly #redis: Redis;
  /** Requests that went out without being counted, since Redis did not answer. */
  readonly #uncounted = new Map<string, number>();

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  async reserve(key: string): Promise<{ retryAt: number } | undefined> {
    try {
      const wait = await this.#run(RESERVE, key, [randomUUID()]);
      return wait === null ? undefined : { retryAt: Date.now() + wait };
    } catch (error) {
      // It is sent all the same.
      this.#uncounted.set(key, (this.#uncounted.get(key) ?? 0) + 1);
      throw error;
    }
  }

  observe({ key, limit }: { key: string; limit: RateLimit }): void {
    // Daily windows, which few accounts come near, are left to each process.
    if (limit.window !== 'endpoint') return;
    // A count that can't be corrected is corrected by the next answer; X itself refuses what is too much.
    this.correct(key, limit).catch(() => {});
  }

  /** Takes over what X said of a window. */
  async correct(key: string, { limit, remaining, reset }: RateLimit): Promise<void> {
    if (limit === undefined || remaining === undefined || reset === undefined) return;
    const secondsLeft = Math.ceil(reset - Date.now() / 1000);
    const uncounted = this.#takeUncounted(key);
    await this.#run(ANSWERED, key, [limit, limit - remaining, secondsLeft * 1000, uncounted]);
  }

  /** 1 if the answer may be that of a request that Redis does not know of, else 0. */
  #takeUncounted(key: string): number {
    const uncounted = this.#uncounted.get(key) ?? 0;
    if (uncounted > 1) this.#uncounted.set(key, uncounted - 1);
    else this.#uncounted.delete(key);
    return Math.min(uncounted, 1);
  }

  #run(script: string, key: string, values: (string | number)[]): Promise<number | null> {
    const keys = ['window', 'under-way', 'limit'].map((part) => `${PREFIX}:${part}:${key}`);
    return this.#redis.eval(script, keys.length, ...keys, ...values) as Promise<number | null>;
  }
}

const stores = new Map<string, RateLimitStore>();

/** The store of a Redis; one connection for each in a process. It ends with the process. */
export function sharedRateLimits(url: string): RateLimitStore {
  let store = stores.get(url);
  if (store === undefined) {
    // The first request of a process waits until Redis is there: it would go out uncounted otherwise.
    const redis = new Redis(url, { maxRetriesPerRequest: 1, commandTimeout: COMMAND_TIMEOUT_MS });
    // Without a listener a lost connection would end the process; it is made again by itself.
    redis.on('error', () => {});
    store = new SharedRateLimits(redis);
    stores.set(url, store);
  }
  return store;
}
