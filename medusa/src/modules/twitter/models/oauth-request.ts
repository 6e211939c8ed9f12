import { model } from '@medusajs/framework/utils';

/** An account that is being connected: what has to be known again when its owner comes back from X, once. */
const TwitterOAuthRequest = model
  .define('twitter_oauth_request', {
    id: model.id({ prefix: 'twoauth' }).primaryKey(),
    method: model.enum(['oauth2', 'oauth1']),
    /** SHA-256 of the state, or of OAuth 1.0a's request token: what is not here can't be replayed from the database. */
    state_digest: model.text(),
    /** The PKCE verifier or the request token's secret, encrypted. */
    secret: model.text(),
    redirect_uri: model.text(),
    /** The account that is connected again. */
    account_id: model.text().nullable(),
    /** Who asked. */
    actor_id: model.text().nullable(),
    expires_at: model.dateTime(),
  })
  .indexes([{ name: 'IDX_twitter_oauth_request_state', on: ['state_digest'], unique: true }]);

export default TwitterOAuthRequest;
