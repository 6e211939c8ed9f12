import { MedusaError } from '@medusajs/framework/utils';
import { getUserTweets } from 'twitter-native';
import type { ApiConfig } from '../modules/twitter/credentials/api-config';
import type TwitterModuleService from '../modules/twitter/service';
import { appOf, clientOf } from '../twitter/app';
import { isTwitterFailure, NEEDS_REAUTHENTICATION } from '../twitter/errors';

const FIELD = 'api_config.oauth1_credentials';
/** Fewest posts that X gives of a timeline. */
const FEWEST = 5;

function refusal(code: string, field: string, message: string): MedusaError {
  const problems = [{ code, field, message }];
  return Object.assign(new MedusaError(MedusaError.Types.INVALID_DATA, `${field}: ${message}`), { problems });
}

/**
 * Tries OAuth 1.0a tokens at X, so that a slip of the pen is noticed when they are typed, and not by a post that fails.
 * @param expected X's id of the user that they have to belong to
 * @returns X's id of the user that they belong to; `undefined` without tokens
 * @throws INVALID_DATA, with the field, if X does not accept them, or they belong to somebody else
 */
export async function verifyOAuth1(
  twitter: TwitterModuleService,
  tokens: ApiConfig['oauth1_credentials'],
  expected?: string,
): Promise<string | undefined> {
  if (tokens === undefined) return undefined;
  const { apiKey, apiSecret } = appOf(twitter);
  if (apiKey === undefined || apiSecret === undefined) {
    const message = 'they need the API key and secret of the app: set X_API_KEY and X_API_SECRET';
    throw refusal('app_key_missing', FIELD, message);
  }
  const { access_token: accessToken, access_token_secret: accessTokenSecret } = tokens;
  // A user's access token begins with the user's id, as X gives it out.
  const userId = /^(\d{1,19})-/.exec(accessToken)?.[1];
  if (userId === undefined) {
    throw refusal(
      'not_an_access_token',
      `${FIELD}.access_token`,
      'that is no access token of an account: these begin with a number and a hyphen',
    );
  }
  if (expected !== undefined && expected !== userId) {
    throw refusal('token_of_another_account', `${FIELD}.access_token`, 'that is the access token of another account');
  }
  try {
    const credentials = { apiKey, apiSecret, accessToken, accessTokenSecret };
    await getUserTweets(userId, credentials, { client: clientOf(twitter), maxResults: FEWEST });
  } catch (error) {
    if (!isTwitterFailure(error) || !NEEDS_REAUTHENTICATION.includes(error.code)) throw error;
    const message = 'X does not accept these tokens: copy both again, and see that they are of this app';
    throw refusal('tokens_refused', FIELD, message);
  }
  return userId;
}
