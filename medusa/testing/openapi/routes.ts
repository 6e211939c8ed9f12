// What the routes take and answer, for openapi.json and docs/medusa-api.md. A test compares it with the routes that exist.
import { z } from '@medusajs/framework/zod';
import * as queries from '../../src/http/queries';
import * as schemas from '../../src/http/schemas';

/** A part of an answer's body: the name of a type of `src/types/http.ts`, with `?` if it may be null, of several, or a schema. */
type Part = string | [string] | z.ZodType;

/** A route. */
export interface RouteDoc {
  method: 'get' | 'post' | 'delete';
  /** With Express' names of parameters. */
  path: string;
  summary: string;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** The type whose comments say what the body's fields mean. */
  bodyType?: string;
  /** Takes `additional_data`. */
  extended?: boolean;
  /** Bodies by what they do. */
  examples?: Record<string, object>;
  /** Bodies of answers, by status. */
  answers: Record<number, { when: string; body?: Record<string, Part>; type?: 'text/event-stream' | 'none' }>;
}

const count = { count: z.int(), limit: z.int(), offset: z.int() };
const deleted = (object: string) => ({ id: z.string(), object: z.literal(object), deleted: z.literal(true) });
const picture = { url: 'https://shop.example/lamp.jpg', alt_text: 'A red lamp on an oak table' };

const accounts: RouteDoc[] = [
  {
    method: 'get',
    path: '/admin/twitter/accounts',
    summary: 'Lists accounts, without their secrets',
    query: queries.listAccountsSchema,
    answers: {
      200: {
        when: 'The accounts, the oldest first',
        body: { accounts: ['TwitterAccountView'], webhook: 'WebhookView?', ...count },
      },
    },
  },
  {
    method: 'get',
    path: '/admin/twitter/costs',
    summary: 'Says what a month like the last one costs, by estimate, and what X says that the app has used',
    answers: { 200: { when: 'The costs', body: { costs: 'CostsView' } } },
  },
  {
    method: 'post',
    path: '/admin/twitter/accounts',
    summary: 'Adds an account by hand; mostly accounts come from connecting them',
    body: schemas.accountSchema,
    examples: {
      'with a user’s OAuth 1.0a token': {
        api_config: { oauth1_credentials: { access_token: '1234-user-token', access_token_secret: 'user-secret' } },
      },
      'with OAuth 2.0 tokens': {
        api_config: {
          access_token: 'access-token',
          refresh_token: 'refresh-token',
          expires_at: 1_795_000_000_000,
          scope: 'tweet.read tweet.write users.read media.write offline.access',
        },
      },
      'to connect it later': {},
    },
    answers: { 201: { when: 'The account', body: { account: 'TwitterAccountView' } } },
  },
  {
    method: 'get',
    path: '/admin/twitter/accounts/:id',
    summary: 'Shows an account, without its secrets',
    query: queries.showAccountSchema,
    answers: { 200: { when: 'The account', body: { account: 'TwitterAccountView' } } },
  },
  {
    method: 'post',
    path: '/admin/twitter/accounts/:id',
    summary: 'Gives an account other credentials; a kind that is not named stays as it is',
    body: schemas.accountSchema,
    examples: {
      'a user’s OAuth 1.0a token': {
        api_config: { oauth1_credentials: { access_token: '1234-user-token', access_token_secret: 'user-secret' } },
      },
    },
    answers: { 200: { when: 'The account', body: { account: 'TwitterAccountView' } } },
  },
  {
    method: 'delete',
    path: '/admin/twitter/accounts/:id',
    summary: 'Disconnects an account; its posts stay, and it gets them back when the same X account is connected again',
    answers: {
      200: { when: 'It is disconnected', body: deleted('twitter_account') },
      409: { when: 'A post of it is being published' },
    },
  },
];

const oauth: RouteDoc[] = [
  {
    method: 'get',
    path: '/admin/twitter/oauth',
    summary: 'Begins to connect an account: the page on X to send the person to',
    query: schemas.authorizeSchema,
    answers: {
      200: { when: 'The page, and the state that comes back', body: { location: z.url(), state: z.string() } },
    },
  },
  {
    method: 'get',
    path: '/admin/twitter/oauth/callback',
    summary: 'Where X sends the browser back to; open to all, since the state is good once and only if an admin asked',
    query: schemas.callbackSchema,
    answers: { 302: { when: 'To the admin’s page of accounts, with `connected` or `error`', type: 'none' } },
  },
  {
    method: 'post',
    path: '/admin/twitter/oauth/callback',
    summary: 'The same, for a page that X sends the browser back to',
    body: schemas.callbackSchema,
    examples: {
      'OAuth 2.0': { code: 'code-from-x', state: 'state-from-x' },
      'OAuth 1.0a': { oauth_token: 'token-from-x', oauth_verifier: 'verifier-from-x' },
    },
    answers: { 200: { when: 'The account that was connected', body: { account: 'TwitterAccountView' } } },
  },
];

const posts: RouteDoc[] = [
  {
    method: 'get',
    path: '/admin/twitter/posts',
    summary: 'Lists posts',
    query: queries.listPostsSchema,
    answers: { 200: { when: 'The posts, the newest first', body: { posts: ['TwitterPostView'], ...count } } },
  },
  {
    method: 'post',
    path: '/admin/twitter/posts',
    summary: 'Creates a draft, or with a time a scheduled post',
    body: schemas.createPostSchema,
    bodyType: 'TwitterPostInput',
    extended: true,
    examples: {
      'a draft with a picture': { account_id: 'twacc_01', caption: 'A lamp of oak', media_attachments: [picture] },
      'a scheduled post of a product': {
        ...{ account_id: 'twacc_01', caption: 'Back in stock', product_id: 'prod_01' },
        scheduled_at: '2027-01-04T08:00:00+01:00',
      },
      'a thread': {
        ...{ account_id: 'twacc_01', caption: 'How the lamp is made' },
        thread: [{ caption: 'First the oak' }, { caption: 'Then the light', media_attachments: [picture] }],
      },
      'a poll, with data for the shop’s hooks': {
        ...{ account_id: 'twacc_01', caption: 'Oak or beech?' },
        poll: { options: ['Oak', 'Beech'], duration_minutes: 1440 },
        additional_data: { campaign: 'spring' },
      },
    },
    answers: { 201: { when: 'The post', body: { post: 'TwitterPostView' } } },
  },
  {
    method: 'get',
    path: '/admin/twitter/posts/:id',
    summary: 'Shows a post, with how its publish went',
    query: queries.showPostSchema,
    answers: { 200: { when: 'The post', body: { post: 'TwitterPostView' } } },
  },
  {
    method: 'post',
    path: '/admin/twitter/posts/:id',
    summary: 'Changes a post that is not on its way, not out and not in doubt; what is left out stays',
    body: schemas.updatePostSchema,
    bodyType: 'TwitterPostInput',
    extended: true,
    examples: {
      'another text': { caption: 'A lamp of beech', revision: 0 },
      'a time': { scheduled_at: '2027-01-04T08:00:00Z', revision: 1 },
      'a draft again': { scheduled_at: null, revision: 2 },
    },
    answers: {
      200: { when: 'The post', body: { post: 'TwitterPostView' } },
      409: { when: 'It has changed since that revision, or is on its way, out or in doubt' },
    },
  },
  {
    method: 'delete',
    path: '/admin/twitter/posts/:id',
    summary: 'Deletes a post in the shop; what is on X stays there',
    answers: {
      200: { when: 'It is deleted', body: deleted('twitter_post') },
      409: { when: 'It is on its way, or in doubt' },
    },
  },
  {
    method: 'post',
    path: '/admin/twitter/posts/validate',
    summary: 'Checks a post as publishing will, without storing it',
    body: schemas.validatePostSchema,
    bodyType: 'TwitterPostInput',
    examples: { 'a text': { caption: 'A lamp of oak https://shop.example/lamp' } },
    answers: { 200: { when: 'Its length as X counts, and all problems', body: { validation: 'ValidationView' } } },
  },
  {
    method: 'post',
    path: '/admin/twitter/posts/probe',
    summary: 'Says what a medium is, from its bytes',
    body: schemas.probeSchema,
    examples: { 'a picture': { url: picture.url } },
    answers: { 200: { when: 'What it is, or why it can’t be posted', body: { probe: 'ProbeView' } } },
  },
];

const publishing: RouteDoc[] = [
  {
    method: 'post',
    path: '/admin/twitter/posts/:id/publish',
    summary: 'Publishes a post, once',
    body: schemas.publishSchema,
    extended: true,
    examples: {
      'in the background': {},
      'and waits for the outcome, a minute at most': { wait: true },
      'only as it was read': { wait: true, revision: 3 },
    },
    answers: {
      200: {
        when: 'With `wait`: it is out',
        body: { success: z.literal(true), post: 'TwitterPostView', result: 'TwitterPublishResult' },
      },
      202: { when: 'It is on its way', body: { post: 'TwitterPostView' } },
      409: { when: 'It is being published, or is out already' },
      429: { when: 'With `wait`: a rate limit has put it off; `Retry-After` says until when' },
    },
  },
  {
    method: 'get',
    path: '/admin/twitter/posts/:id/progress',
    summary: 'Streams how far a publish is, as server-sent events `progress` with a `ProgressView`, until its outcome',
    answers: { 200: { when: 'The events', type: 'text/event-stream' } },
  },
  {
    method: 'post',
    path: '/admin/twitter/posts/:id/resolve',
    summary: 'Resolves a post whose outcome is unknown',
    body: schemas.resolveSchema,
    examples: {
      'looks at the timeline again': { action: 'check' },
      'a person has seen it on X': { action: 'published', tweet_id: '1999999999999999999' },
      'a person is sure that it is not out: publishes it again': { action: 'retry' },
      'a person gives it up': { action: 'abandon' },
    },
    answers: {
      200: { when: 'The post', body: { post: 'TwitterPostView' } },
      409: { when: 'Its outcome is known, or it may still arrive' },
    },
  },
];

const insights: RouteDoc[] = [
  {
    method: 'get',
    path: '/admin/twitter/posts/:id/insights',
    summary: 'A post’s readings, the oldest first',
    query: queries.noQuerySchema,
    answers: { 200: { when: 'The readings', body: { insights: ['InsightsPoint'] } } },
  },
  {
    method: 'post',
    path: '/admin/twitter/posts/:id/sync-insights',
    summary: 'Reads a post’s metrics now',
    answers: {
      200: { when: 'The post and the reading', body: { post: 'TwitterPostView', insights: 'InsightsPoint' } },
    },
  },
  {
    method: 'post',
    path: '/admin/twitter/posts/sync-all-insights',
    summary: 'Reads the metrics of all posts that are out, now',
    answers: {
      200: {
        when: 'How many were read, and which were not',
        body: { synced: z.int(), failed: z.array(z.object({ id: z.string(), code: z.string(), message: z.string() })) },
      },
    },
  },
];

const webhooks: RouteDoc[] = [
  {
    method: 'get',
    path: '/webhooks/twitter',
    summary: 'X’s check that this address is the shop’s',
    query: z.object({ crc_token: z.string() }),
    answers: { 200: { when: 'The answer that X expects', body: { response_token: z.string() } } },
  },
  {
    method: 'post',
    path: '/webhooks/twitter',
    summary: 'An event of X’s, signed in `x-twitter-webhooks-signature`',
    body: z.object({
      data: z.object({ event_uuid: z.string(), event_type: z.string(), payload: z.looseObject({}).optional() }),
    }),
    examples: {
      'a like': {
        data: {
          event_uuid: 'uuid-of-the-event',
          event_type: 'like.create',
          payload: { liked_tweet_id: '1999999999999999999' },
        },
      },
    },
    answers: {
      200: { when: 'It was taken', body: { received: z.literal(true) } },
      401: { when: 'X has not signed it' },
    },
  },
];

/** All routes of the plugin. */
export const routes: RouteDoc[] = [...accounts, ...oauth, ...posts, ...publishing, ...insights, ...webhooks];
