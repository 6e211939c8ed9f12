import type TwitterModuleService from '../modules/twitter/service';
import type { WebhookRow } from '../modules/twitter/sql/webhook';
import { webhookUrlOf } from '../modules/twitter/webhook-url';
import type { TwitterAccountView, WebhookView } from '../types/http';

function webhookView(url: string, row: WebhookRow | undefined): WebhookView {
  return {
    url,
    valid: row?.url === url && row.valid,
    checked_at: row?.checked_at ? new Date(row.checked_at).toISOString() : null,
    error: row?.error ?? null,
  };
}

/** Adds to accounts which events X reports of them, where the shop has a webhook. */
export async function withEvents(
  twitter: TwitterModuleService,
  accounts: TwitterAccountView[],
): Promise<{ accounts: TwitterAccountView[]; webhook: WebhookView | null }> {
  const url = webhookUrlOf(twitter.options);
  if (url === undefined) return { accounts, webhook: null };
  const row = await twitter.readWebhook();
  const subscriptions = row?.subscriptions ?? [];
  const eventsOf = ({ x_user_id }: TwitterAccountView) =>
    subscriptions
      .filter(({ user_id }) => user_id !== null && user_id === x_user_id)
      .map(({ event_type, id, message }) => ({ event_type, subscribed: id !== null, message }));
  return {
    accounts: accounts.map((account) => ({ ...account, events: eventsOf(account) })),
    webhook: webhookView(url, row),
  };
}
