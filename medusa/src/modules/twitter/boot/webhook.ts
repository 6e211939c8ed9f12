import { appCredentials } from '../app-credentials';
import type { TwitterOptions } from '../options';
import { WEBHOOK_URL_VARIABLE, webhookSetting, webhookUrlOf } from '../webhook-url';
import { refusal } from './refuse';

/** X's most characters of a webhook's URL. */
const LONGEST = 200;
/** A port, also one that a parsed URL leaves out. */
const PORT = /^[a-z]+:\/\/[^/?#]*:\d*(?:[/?#]|$)/i;

/** What X would refuse in a URL for events, if it would. */
function faultOf(setting: string, url: string): string | undefined {
  const { protocol, username, search, hash } = new URL(url);
  if (protocol !== 'https:') return 'is not https';
  if (username !== '' || search !== '' || hash !== '') return 'has more than a host and a path';
  if (PORT.test(setting)) return 'has a port';
  return url.length > LONGEST ? `is longer than ${LONGEST} characters` : undefined;
}

/** Makes sure that X can send events to the address that is given, and that they can be checked. */
export function requireWebhook(options: TwitterOptions): void {
  const setting = webhookSetting(options);
  if (setting === undefined) return;
  const name = options.webhookUrl === undefined ? WEBHOOK_URL_VARIABLE : 'the option webhookUrl';
  const url = URL.canParse(setting) ? webhookUrlOf(options) : undefined;
  const fault = url === undefined ? 'is not a URL' : faultOf(setting, url);
  if (fault !== undefined) {
    throw refusal(`${name} ${fault}: X sends events to a public https address such as https://shop.example.com only`);
  }
  const { apiKey, apiSecret } = appCredentials(options);
  if (apiKey !== undefined && apiSecret !== undefined) return;
  const missing = apiSecret === undefined ? 'X_API_SECRET' : 'X_API_KEY';
  throw refusal(`${missing} is not set, which ${name} needs: X signs events by it`);
}
