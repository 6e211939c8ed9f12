import type { MedusaContainer } from '@medusajs/framework/types';
import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import { type Credentials, credentialsOf, noteRefusal } from '../../twitter/credentials';
import { twitterOf } from '../../twitter/service';

/** Whose credentials a shop's step may use. Workflows persist it: there is no secret in it. */
export interface TwitterCredentialsHandle {
  account_id: string;
  /** X's id of the user. */
  x_user_id: string | null;
  oauth2: boolean;
  oauth1: boolean;
  /** When the access token expires, in milliseconds since the epoch; it is refreshed before. */
  expires_at: number | null;
}

/** Whose credentials are wanted, and for what. */
export interface TwitterCredentialsInput {
  account_id: string;
  /**
   * Media need the scope `media.write`, or OAuth 1.0a.
   * @default false
   */
  with_media?: boolean;
}

/**
 * Makes sure that an account's credentials work, and refreshes the access token if it expires soon: one request, whatever
 * the number of workflows that ask. What it returns has no secret, since Medusa persists it; the step that uses the
 * credentials takes them by `twitterCredentials(container, handle)`.
 * @throws UNAUTHORIZED, with "please re-authenticate", if the grant has ended or lacks a scope; NOT_ALLOWED if there is no
 * such account
 */
export const getTwitterCredentialsStep = createStep(
  'twitter-get-credentials',
  async ({ account_id, with_media: withMedia }: TwitterCredentialsInput, { container }) => {
    const twitter = twitterOf(container);
    const { token, oauth1 } = await credentialsOf(twitter, account_id, { withMedia });
    try {
      await token?.getAccessToken();
    } catch (error) {
      await noteRefusal(twitter, account_id, error);
      throw error;
    }
    const row = await twitter.openCredentials(account_id);
    return new StepResponse<TwitterCredentialsHandle>({
      ...{ account_id, x_user_id: row?.x_user_id ?? null, expires_at: row?.config.expires_at ?? null },
      ...{ oauth2: token !== undefined, oauth1: oauth1 !== undefined },
    });
  },
);

/**
 * The credentials of a handle, for use within the step that asks: `token` may be given wherever twitter-native takes an
 * OAuth 2.0 token and is refreshed by itself, `oauth1` wherever it takes OAuth 1.0a credentials. Neither may be returned
 * from a step: Medusa would persist it.
 */
export function twitterCredentials(
  container: Pick<MedusaContainer, 'resolve'>,
  { account_id }: Pick<TwitterCredentialsHandle, 'account_id'>,
): Promise<Credentials> {
  return credentialsOf(twitterOf(container), account_id);
}
