import { initiateUserAuth, oauth1AuthorizeUrl, requestOAuth1Token } from 'twitter-native';
import type TwitterModuleService from '../modules/twitter/service';
import { webhookUrlOf } from '../modules/twitter/webhook-url';
import { oauthConfigOf } from '../twitter/app';
import { LIKE_SCOPE, REQUIRED_SCOPES } from '../twitter/credentials';

/** Nobody takes longer on X's page. */
const REQUEST_LIFE_MS = 15 * 60_000;

/** Who connects what, and how. */
export interface AuthorizationInput {
  method: 'oauth2' | 'oauth1';
  /** Where X sends the person back to; it must be registered for the app. */
  redirect_uri: string;
  /** The account that is connected again. */
  account_id: string | null;
  actor_id: string | null;
}

/** Begins to connect an account: the page on X, and the state that comes back from it. */
export async function authorizeAccount(
  twitter: TwitterModuleService,
  input: AuthorizationInput,
): Promise<{ location: string; state: string }> {
  const config = oauthConfigOf(twitter);
  if (input.method === 'oauth2') {
    const hasWebhook = webhookUrlOf(twitter.options) !== undefined;
    const scopes = hasWebhook ? [...REQUIRED_SCOPES, LIKE_SCOPE] : REQUIRED_SCOPES;
    const { authUrl, state, codeVerifier } = initiateUserAuth(input.redirect_uri, scopes.join(' '), config);
    await twitter.keepOAuthRequest(state, { ...input, secret: codeVerifier, lifeMs: REQUEST_LIFE_MS });
    return { location: authUrl, state };
  }
  const { token, tokenSecret } = await requestOAuth1Token(input.redirect_uri, config);
  await twitter.keepOAuthRequest(token, { ...input, secret: tokenSecret, lifeMs: REQUEST_LIFE_MS });
  return { location: oauth1AuthorizeUrl(token, config), state: token };
}
