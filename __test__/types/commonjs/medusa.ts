// A backend's step, job and route, without Medusa's types: the helpers need none of them.
import { type PublishedThread, type PublishedTweet, PublishIntent, type TokenManager } from 'twitter-native';
import {
  type JsonRowOptions,
  jsonRow,
  platformTokens,
  publishOnce,
  type ResumedRow,
  resolveDoubt,
  resumeUnfinished,
  toMedusaError,
} from 'twitter-native/medusa';

/** A container as Medusa's: `resolve` has several signatures. */
interface Container {
  resolve<Key extends keyof Known>(key: Key): Known[Key];
  resolve<T = unknown>(key: string): T;
}
interface Known {
  logger: { info(message: string): void };
}

declare const container: Container;
const row: JsonRowOptions = { table: 'social_post', id: 'p1', column: 'twitter_intent' };
const tokens: TokenManager = platformTokens(container, 'plat_1', {
  encrypt: (token) => ({ encrypted: token }),
  decrypt: ({ encrypted }) => encrypted,
  config: { clientId: 'id' },
});

export async function step(): Promise<PublishedTweet> {
  try {
    return await publishOnce(
      container,
      row,
      { text: 'Hello' },
      { token: tokens },
      { timeoutMs: 60_000, leaseMs: 5000 },
    );
  } catch (error) {
    const { type, code, retryAt, checkpoint } = toMedusaError(error);
    const kept: [string, string | undefined, Date | undefined, string | undefined] = [type, code, retryAt, checkpoint];
    throw Object.assign(toMedusaError(error), { kept });
  }
}

export async function thread(): Promise<PublishedThread> {
  return publishOnce(container, jsonRow(container, { ...row, key: 'twitter' }), [{ text: 'one' }], { token: 'token' });
}

export async function job(): Promise<ResumedRow[]> {
  const { rows, more } = await resumeUnfinished(container, {
    table: 'social_post',
    column: 'insights',
    key: 'twitter',
    limit: 5,
    prepare: async (id) => (id === 'gone' ? undefined : { content: { text: id }, credentials: { token: tokens } }),
  });
  return more ? rows.filter(({ outcome }) => outcome !== 'skipped') : rows;
}

export async function route(): Promise<string | undefined> {
  await resolveDoubt(container, row, { tweetId: '1' });
  const { state } = await new PublishIntent(jsonRow(container, row)).status();
  const status = await resolveDoubt(container, row, 'check', {
    content: { text: 'Hello' },
    credentials: { token: 't' },
  });
  return state === 'unknown' ? status.tweetUrl : undefined;
}

// @ts-expect-error a row has an id
jsonRow(container, { table: 'social_post', column: 'insights' });

// @ts-expect-error a decision is one of four
resolveDoubt(container, row, 'maybe');

// @ts-expect-error a job has to know a row's content
resumeUnfinished(container, { table: 'social_post', column: 'insights' });
