import { createHash } from 'node:crypto';
import { webhooks } from 'twitter-native';
import type TwitterModuleService from '../modules/twitter/service';
import type { Registration, StoredSubscription, WebhookRow } from '../modules/twitter/sql/webhook';
import { webhookUrlOf } from '../modules/twitter/webhook-url';
import { oauthConfigOf } from '../twitter/app';
import { isTwitterFailure } from '../twitter/errors';
import { reconcileSubscriptions, type Wanted, wantedSubscriptions } from './subscriptions';

type Config = ReturnType<typeof oauthConfigOf>;

const WRONG_ANSWER =
  'X asked the address and did not get the right answer: see that it reaches /webhooks/twitter of this shop, ' +
  "and that X_API_SECRET is the app's";

/** Creates the webhook, or has X ask it again, and removes the one at the address that the shop had before. */
async function ensureWebhook(url: string, before: WebhookRow, config: Config) {
  const all = await webhooks.list(config);
  const former = all.find((other) => other.id === before.webhook_id && other.url !== url);
  if (former !== undefined) await webhooks.delete(former.id, config);
  const known = all.find((other) => other.url === url);
  if (known === undefined) return webhooks.create(url, config);
  return known.valid ? known : { ...known, ...(await webhooks.validate(known.id, config)) };
}

function errorOf(thrown: unknown): { code: string; message: string } {
  return { code: isTwitterFailure(thrown) ? thrown.code : 'INTERNAL', message: (thrown as Error).message };
}

async function register(
  twitter: TwitterModuleService,
  { url, before, wanted }: { url: string; before: WebhookRow; wanted: Wanted[] },
): Promise<Registration> {
  const config = oauthConfigOf(twitter);
  const reached: Registration = { url, webhook_id: before.webhook_id, valid: false, subscriptions: [], error: null };
  try {
    const { id, valid } = await ensureWebhook(url, before, config);
    Object.assign(reached, { webhook_id: id, valid });
    await reconcileSubscriptions(twitter, { wanted, webhookId: id, config }, (one) => reached.subscriptions.push(one));
    if (!valid) reached.error = { code: 'WEBHOOK_INVALID', message: WRONG_ANSWER };
  } catch (thrown) {
    reached.error = errorOf(thrown);
    // What was not come to is as it was.
    const isReached = (one: StoredSubscription) =>
      reached.subscriptions.some((other) => other.event_type === one.event_type && other.user_id === one.user_id);
    reached.subscriptions.push(...(before.subscriptions ?? []).filter((one) => !isReached(one)));
  }
  return reached;
}

/**
 * Makes X tell the shop of its accounts, if it has a public address: once a day, when accounts were connected or
 * disconnected, and a quarter of an hour after a failure. Of all processes one does it.
 * @returns what is registered, if it was this process's turn
 */
export async function registerWebhook(twitter: TwitterModuleService): Promise<Registration | undefined> {
  const url = webhookUrlOf(twitter.options);
  if (url === undefined) return undefined;
  const wanted = await wantedSubscriptions(twitter);
  const digest = createHash('sha256').update(JSON.stringify({ url, wanted })).digest('hex');
  const before = await twitter.takeWebhookTurn(digest);
  if (before === undefined) return undefined;
  const registration = await register(twitter, { url, before, wanted });
  await twitter.endWebhookTurn({ turn: before.turn, wanted: digest }, registration);
  return registration;
}
