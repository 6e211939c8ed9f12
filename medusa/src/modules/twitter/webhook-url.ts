import type { TwitterOptions } from './options';

/** The environment variable for the option. */
export const WEBHOOK_URL_VARIABLE = 'TWITTER_WEBHOOK_URL';

/** Where the plugin takes X's events. */
const PATH = '/webhooks/twitter';

/** The setting, as it was written. */
export function webhookSetting({ webhookUrl }: Pick<TwitterOptions, 'webhookUrl'>): string | undefined {
  return webhookUrl ?? (process.env[WEBHOOK_URL_VARIABLE] || undefined);
}

/** The address that X is to send events to, if the shop has a public one: an origin is completed by the route's path. */
export function webhookUrlOf(options: Pick<TwitterOptions, 'webhookUrl'>): string | undefined {
  const setting = webhookSetting(options);
  if (setting === undefined) return undefined;
  const url = new URL(setting);
  if (url.pathname === '/') url.pathname = PATH;
  return url.href;
}
