import type { AppConfig, ClientOptions, OAuthConfig } from 'twitter-native';
import { appCredentials } from '../modules/twitter/app-credentials';
import { perService } from '../modules/twitter/per-service';
import type TwitterModuleService from '../modules/twitter/service';
import { sharedRateLimits } from './rate-limit-store';

/** The app's credentials. */
export function appOf(twitter: TwitterModuleService): AppConfig {
  return appCredentials(twitter.options);
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
