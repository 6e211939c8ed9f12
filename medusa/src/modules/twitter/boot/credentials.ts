import type { Knex } from '@medusajs/framework/mikro-orm/knex';
import { appCredentials } from '../app-credentials';
import type { ApiConfig } from '../credentials/api-config';
import { KEYS_VARIABLE, Keyring } from '../credentials/keyring';
import type { TwitterOptions } from '../options';
import { refusal } from './refuse';

/** Makes a key and puts it where Medusa reads its environment. */
export const MAKE_A_KEY = `echo "${KEYS_VARIABLE}=v1:$(openssl rand -base64 32)" >> .env`;

/** The keys that encrypt credentials at rest. */
export function requireKeys({ encryptionKeys }: TwitterOptions): Keyring {
  let keyring: Keyring;
  try {
    keyring = new Keyring(encryptionKeys);
  } catch (error) {
    throw refusal((error as Error).message);
  }
  if (keyring.versions.length > 0) return keyring;
  throw refusal(
    `${KEYS_VARIABLE} is not set, without which the accounts' credentials can't be encrypted: ` +
      `make one by ${MAKE_A_KEY}`,
  );
}

/** What each setting of the app's is called in the environment. */
const VARIABLES = { clientId: 'X_CLIENT_ID', apiKey: 'X_API_KEY', apiSecret: 'X_API_SECRET' } as const;

/** Makes sure that what has a second half comes with it. */
export function requirePair(options: TwitterOptions): void {
  const app = appCredentials(options);
  if ((app.apiKey === undefined) !== (app.apiSecret === undefined)) {
    const missing = app.apiKey === undefined ? 'apiKey' : 'apiSecret';
    throw refusal(`${VARIABLES[missing]} is not set, while its other half is: set both, or none`);
  }
}

/** Makes sure that the credentials in the accounts' rows can be decrypted and used. */
export async function requireUsable(knex: Knex, options: TwitterOptions, keyring: Keyring): Promise<void> {
  const app = appCredentials(options);
  const rows: { id: string; api_config: ApiConfig }[] = await knex('twitter_account')
    .select('id', 'api_config')
    .whereNull('deleted_at')
    .whereNotNull('api_config');
  const versions = new Set(rows.flatMap(({ api_config }) => Keyring.versionsIn(JSON.stringify(api_config))));
  const lost = [...versions].find((version) => !keyring.versions.includes(version));
  if (lost !== undefined) {
    throw refusal(`accounts are encrypted with the key ${lost}, which ${KEYS_VARIABLE} does not hold: add it again`);
  }
  const lacking = (names: (keyof typeof VARIABLES)[]) => names.find((name) => app[name] === undefined);
  const oauth2 = rows.some(({ api_config }) => api_config.refresh_token !== undefined)
    ? lacking(['clientId'])
    : undefined;
  const oauth1 = rows.some(({ api_config }) => api_config.oauth1_credentials !== undefined)
    ? lacking(['apiKey', 'apiSecret'])
    : undefined;
  const missing = oauth2 ?? oauth1;
  if (missing === undefined) return;
  const method = oauth2 === undefined ? 'OAuth 1.0a' : 'OAuth 2.0';
  throw refusal(`${VARIABLES[missing]} is not set, which the accounts that are connected by ${method} need`);
}
