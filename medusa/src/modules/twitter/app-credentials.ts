import type { AppConfig } from 'twitter-native';

/** A value of the plugin's options, or of the environment in the order in which twitter-native reads it. */
function setting(given: string | undefined, name: string): string | undefined {
  return given ?? process.env[`X_${name}`] ?? process.env[`TWITTER_${name}`];
}

/** The app's credentials, from the options or the environment. They are not stored, and never stand for a user's. */
export function appCredentials({ clientId, clientSecret, apiKey, apiSecret }: AppConfig): AppConfig {
  return Object.fromEntries(
    Object.entries({
      clientId: setting(clientId, 'CLIENT_ID'),
      clientSecret: setting(clientSecret, 'CLIENT_SECRET'),
      apiKey: setting(apiKey, 'API_KEY'),
      apiSecret: setting(apiSecret, 'API_SECRET'),
    }).filter(([, value]) => value !== undefined && value !== ''),
  );
}
