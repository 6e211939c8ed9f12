import { MedusaError } from '@medusajs/framework/utils';
import {
  exchangeCodeForToken,
  exchangeOAuth1Verifier,
  getUserProfile,
  type OAuth2Tokens,
  type UserProfile,
} from 'twitter-native';
import type { ApiConfig } from '../modules/twitter/credentials/api-config';
import type TwitterModuleService from '../modules/twitter/service';
import { clientOf, oauthConfigOf } from '../twitter/app';
import type { ConnectError } from '../types/http';

/** What X sent a person back with. */
export type CallbackParameters =
  | { code: string; state: string; actor_id?: string }
  | { oauth_token: string; oauth_verifier: string; actor_id?: string };

/** An account's owner came back: what they granted, and for whom. */
interface Grant {
  account: { id: string; profile: Partial<UserProfile> };
  config: ApiConfig;
}

function apiConfigOf(tokens: OAuth2Tokens): ApiConfig {
  return {
    access_token: tokens.access_token,
    refresh_token: tokens.refresh_token,
    expires_at: tokens.expires_in === undefined ? undefined : tokens.retrieved_at + tokens.expires_in * 1000,
    obtained_at: tokens.retrieved_at,
    refreshing_since: undefined,
    scope: tokens.scope,
  };
}

/** Adds a grant to an account's credentials; each kind is kept next to the other one. */
export async function addCredentials(twitter: TwitterModuleService, id: string, config: ApiConfig): Promise<void> {
  for (;;) {
    const row = await twitter.openCredentials(id);
    if (row === undefined) throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no account ${id}`);
    if (await twitter.storeCredentials(id, row.revision, { ...row.config, ...config }, 'connected')) return;
  }
}

/** A refusal to connect an account, with its code; plain fields survive the workflow engine. */
export function connectError(code: ConnectError, message: string): MedusaError {
  return Object.assign(new MedusaError(MedusaError.Types.NOT_ALLOWED, message), { connect_error: code });
}

/** The account's row, one that was disconnected among them: its posts belong to it still. */
export async function rowOfUser(twitter: TwitterModuleService, x_user_id: string): Promise<string | undefined> {
  const [known] = await twitter.listTwitterAccounts({ x_user_id });
  if (known !== undefined) return known.id;
  const [gone] = await twitter.listTwitterAccounts(
    { x_user_id, deleted_at: { $ne: null } },
    { withDeleted: true, order: { deleted_at: 'DESC' }, take: 1 },
  );
  if (gone === undefined) return undefined;
  await twitter.restoreTwitterAccounts(gone.id);
  return gone.id;
}

/** The row of the account: the one that was to be connected again, the one that has the account, or a new one. */
async function rowFor(twitter: TwitterModuleService, grant: Grant, wanted: string | null): Promise<string> {
  const { id: x_user_id, profile } = grant.account;
  if (wanted === null) {
    const known = await rowOfUser(twitter, x_user_id);
    return known ?? (await twitter.createTwitterAccounts({ x_user_id, metadata: { profile } })).id;
  }
  const [known] = await twitter.listTwitterAccounts({ x_user_id });
  const row = await twitter.retrieveTwitterAccount(wanted);
  if ((row.x_user_id ?? x_user_id) !== x_user_id || (known !== undefined && known.id !== wanted)) {
    throw connectError(
      'other_account',
      `X granted access to the account @${profile.username ?? x_user_id}, which is not the one to be connected again`,
    );
  }
  return wanted;
}

async function exchange(
  twitter: TwitterModuleService,
  parameters: CallbackParameters,
  request: { secret: string; redirect_uri: string },
): Promise<Grant> {
  const config = oauthConfigOf(twitter);
  if ('code' in parameters) {
    const tokens = await exchangeCodeForToken(parameters.code, request.redirect_uri, request.secret, config);
    const profile = await getUserProfile(tokens.access_token, { client: clientOf(twitter) });
    return { account: { id: profile.id, profile }, config: apiConfigOf(tokens) };
  }
  const { oauth_token, oauth_verifier } = parameters;
  const token = await exchangeOAuth1Verifier(oauth_token, request.secret, oauth_verifier, config);
  if (token.userId === undefined) {
    throw new MedusaError(MedusaError.Types.UNEXPECTED_STATE, 'X did not say whose account it is');
  }
  return {
    account: { id: token.userId, profile: { id: token.userId, username: token.screenName } },
    config: { oauth1_credentials: { access_token: token.accessToken, access_token_secret: token.accessTokenSecret } },
  };
}

/**
 * Connects the account whose owner X sent back, and gives its row's id. If the same X account was disconnected before, it
 * gets the posts that it had then.
 * @throws NOT_ALLOWED if nobody asked with this state, or it was used before, or has expired
 */
export async function connectAccount(twitter: TwitterModuleService, parameters: CallbackParameters): Promise<string> {
  const state = 'code' in parameters ? parameters.state : parameters.oauth_token;
  const request = await twitter.takeOAuthRequest(state);
  const fits = request?.method === ('code' in parameters ? 'oauth2' : 'oauth1');
  const isActor = !parameters.actor_id || !request?.actor_id || parameters.actor_id === request.actor_id;
  if (request === undefined || !fits || !isActor) {
    throw connectError('expired', 'This way back from X has expired or was used before: connect the account again');
  }
  const grant = await exchange(twitter, parameters, request);
  const id = await rowFor(twitter, grant, request.account_id);
  await addCredentials(twitter, id, grant.config);
  const { metadata } = await twitter.retrieveTwitterAccount(id);
  const profile = { ...(metadata?.profile as object | undefined), ...grant.account.profile };
  await twitter.updateTwitterAccounts({ id, x_user_id: grant.account.id, metadata: { ...metadata, profile } });
  await twitter.adoptPosts(id, grant.account.id);
  return id;
}
