import type { AppConfig, ClientOptions, OAuthConfig } from 'twitter-native';
import { perService } from '../modules/twitter/per-service';
import type TwitterModuleService from '../modules/twitter/service';
import { sharedRateLimits } from './rate-limit-store';

/** A value of the plugin's options, or of the environment in the order in which twitter-native reads it. */
function setting(given: string | undefined, name: string): string | undefined {
  return given ?? process.env[`X_${name}`] ?? process.env[`TWITTER_${name}`];
}

/** The app's credentials. They are not stored, and never stand for a user's. */
export function appOf(twitter: TwitterModuleService): AppConfig {
  const { clientId, clientSecret, apiKey, apiSecret } = twitter.options;
  return Object.fromEntries(
    Object.entries({
      clientId: setting(clientId, 'CLIENT_ID'),
      clientSecret: setting(clientSecret, 'CLIENT_SECRET'),
      apiKey: setting(apiKey, 'API_KEY'),
      apiSecret: setting(apiSecret, 'API_SECRET'),
    }).filter(([, value]) => value !== undefined),
  );
}

/** How X is reached. All of a process's calls get the same object, so that they share connections and limits. */
export const clientOf = perService(({ options }): ClientOptions => {
  const { client: given = {}, redisUrl } = options;
  const url = redisUrl ?? process.env.TWITTER_REDIS_URL ?? process.env.REDIS_URL;
  const store = given.rateLimit?.store ?? (url === undefined ? undefined : sharedRateLimits(url));
  return store === undefined ? given : { ...given, rateLimit: { ...given.rateLimit, store } };
});

/** What the functions of OAuth want. */
export function oauthConfigOf(twitter: TwitterModuleService): OAuthConfig {
  return { ...appOf(twitter), client: clientOf(twitter) };
}
