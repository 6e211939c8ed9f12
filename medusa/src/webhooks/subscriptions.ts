import {
  type ActivityEventType,
  type ActivitySubscription,
  activitySubscriptions,
  type OAuthConfig,
} from 'twitter-native';
import type { ApiConfig } from '../modules/twitter/credentials/api-config';
import type TwitterModuleService from '../modules/twitter/service';
import type { StoredSubscription } from '../modules/twitter/sql/webhook';
import { clientOf } from '../twitter/app';
import { credentialsOf, LIKE_SCOPE, scopesOf } from '../twitter/credentials';
import { isTwitterFailure } from '../twitter/errors';

/** Distinguishes the plugin's subscriptions from a shop's own. */
const TAG = 'medusa-plugin-twitter';
/** X's most for a page. */
const PAGE = 1000;

/** An event that the plugin wants to get. */
export interface Wanted {
  eventType: ActivityEventType;
  /** Whose; not for `oauth.revoke`. */
  userId?: string;
  /** Asks as this account: X reports private events to their user alone. */
  asAccount?: string;
}

/** What the plugin wants to get, for the accounts that are connected now. */
export async function wantedSubscriptions(twitter: TwitterModuleService): Promise<Wanted[]> {
  const accounts = await twitter.listTwitterAccounts({}, { order: { id: 'ASC' }, take: null });
  const ofAccounts = accounts.flatMap(({ id, x_user_id: userId, status, api_config }): Wanted[] => {
    if (userId === null || status === 'not_connected') return [];
    const publicOnes: Wanted[] = [
      { eventType: 'post.create', userId },
      { eventType: 'post.delete', userId },
    ];
    const config = (api_config ?? {}) as ApiConfig;
    const mayLikes = config.access_token !== undefined && scopesOf(config).includes(LIKE_SCOPE);
    if (status !== 'connected' || !mayLikes) return publicOnes;
    return [...publicOnes, { eventType: 'like.create', userId, asAccount: id }];
  });
  return ofAccounts.length === 0 ? [] : [...ofAccounts, { eventType: 'oauth.revoke' }];
}

const keyOf = ({ eventType, userId }: Pick<Wanted, 'eventType' | 'userId'>) => `${eventType} ${userId ?? ''}`;

/** The plugin's own subscriptions that go to this webhook. */
async function ownOnes(webhookId: string, config: OAuthConfig): Promise<ActivitySubscription[]> {
  const own: ActivitySubscription[] = [];
  let paginationToken: string | undefined;
  do {
    const page = await activitySubscriptions.list(null, {
      ...config,
      maxResults: PAGE,
      ...(paginationToken === undefined ? {} : { paginationToken }),
    });
    own.push(...page.subscriptions.filter((other) => other.webhookId === webhookId && other.tag === TAG));
    paginationToken = page.nextToken;
  } while (paginationToken !== undefined);
  return own;
}

/** Failures that the next subscription would meet as well. */
const OF_ALL: readonly string[] = ['USAGE_CAP', 'NO_CREDITS', 'ABORTED', 'UNKNOWN_OUTCOME'];

/** What X says of a subscription that it does not take; what is not about this one is thrown on. */
function refusalOf(thrown: unknown, { asAccount, eventType }: Wanted): string {
  const { message } = thrown as Error;
  if (!isTwitterFailure(thrown)) {
    // An account's credentials were not fit for it.
    if (asAccount !== undefined) return message;
    throw thrown;
  }
  const isAppRefused = thrown.code === 'UNAUTHORIZED' && asAccount === undefined;
  if (thrown.retryable || isAppRefused || OF_ALL.includes(thrown.code)) throw thrown;
  return eventType === 'oauth.revoke'
    ? `X takes no subscription to it and may tell of it unasked (${message})`
    : message;
}

async function subscribe(
  twitter: TwitterModuleService,
  wanted: Wanted,
  webhookId: string,
  config: OAuthConfig,
): Promise<Pick<StoredSubscription, 'id' | 'message'>> {
  const { eventType, userId, asAccount } = wanted;
  const subscription = { eventType, tag: TAG, webhookId, ...(userId === undefined ? {} : { filter: { userId } }) };
  try {
    const own = asAccount === undefined ? undefined : (await credentialsOf(twitter, asAccount)).token;
    const created =
      own === undefined
        ? await activitySubscriptions.create(subscription, null, config)
        : await activitySubscriptions.create(subscription, own, { client: clientOf(twitter) });
    return { id: created.id, message: null };
  } catch (thrown) {
    return { id: null, message: refusalOf(thrown, wanted) };
  }
}

/**
 * Makes X tell of what is wanted, and of nothing else of the plugin's: subscriptions of accounts that are not connected any
 * more are deleted.
 * @param note called for each, so that what was reached is known when X stops answering
 */
export async function reconcileSubscriptions(
  twitter: TwitterModuleService,
  { wanted, webhookId, config }: { wanted: Wanted[]; webhookId: string; config: OAuthConfig },
  note: (subscription: StoredSubscription) => void,
): Promise<void> {
  const existing = new Map(
    (await ownOnes(webhookId, config)).map((own) => [
      keyOf({ eventType: own.eventType, userId: own.filter.userId }),
      own,
    ]),
  );
  const keys = new Set(wanted.map(keyOf));
  for (const [key, { id }] of existing) {
    if (!keys.has(key)) await activitySubscriptions.delete(id, config);
  }
  for (const one of wanted) {
    const known = existing.get(keyOf(one));
    const outcome = known ? { id: known.id, message: null } : await subscribe(twitter, one, webhookId, config);
    note({ event_type: one.eventType, user_id: one.userId ?? null, ...outcome });
  }
}
