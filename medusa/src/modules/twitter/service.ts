import { createHash } from 'node:crypto';
import type { SqlEntityManager } from '@medusajs/framework/mikro-orm/knex';
import type { Context } from '@medusajs/framework/types';
import {
  generateEntityId,
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
  MedusaService,
} from '@medusajs/framework/utils';
import type { AccountStatus, ActivityEntry } from '../../types/http';
import { PLUGIN } from './boot/refuse';
import { type ApiConfig, isStale, open, seal } from './credentials/api-config';
import { Keyring } from './credentials/keyring';
import { DEFAULT_INSIGHTS, nextReading } from './insights-schedule';
import TwitterAccount from './models/account';
import TwitterMetricsSnapshot from './models/metrics-snapshot';
import TwitterOAuthRequest from './models/oauth-request';
import TwitterPost from './models/post';
import TwitterPublishIntent from './models/publish-intent';
import TwitterWebhook from './models/webhook';
import TwitterWebhookEvent from './models/webhook-event';
import type { TwitterOptions } from './options';
import * as accounts from './sql/accounts';
import * as announcements from './sql/announcements';
import * as intents from './sql/intents';
import { type OAuthRequestRow, takeOAuthRequest } from './sql/oauth-requests';
import * as posts from './sql/posts';
import * as webhook from './sql/webhook';
import { keepWebhookEvent } from './sql/webhook-events';

/** An account's credentials in clear, for the time of a call; never to be returned by a route, stored or logged. */
export interface OpenCredentials extends Omit<accounts.StoredCredentials, 'api_config'> {
  config: ApiConfig;
  /** The row holds plain text, or is encrypted under an older key. */
  stale: boolean;
}

const digest = (state: string) => createHash('sha256').update(state).digest('hex');

/** The order in which rows are locked, the same for all, so that nobody waits for each other. */
const inOrder = <Row extends { id: string }>(rows: Row[]) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));

function managerOf(context: Context): SqlEntityManager {
  return (context.transactionManager ?? context.manager) as SqlEntityManager;
}

/** Accounts, posts and what became of them. What several processes may do at once is a compare-and-set in SQL. */
class TwitterModuleService extends MedusaService({
  TwitterAccount,
  TwitterPost,
  TwitterPublishIntent,
  TwitterMetricsSnapshot,
  TwitterOAuthRequest,
  TwitterWebhook,
  TwitterWebhookEvent,
}) {
  /** Distinguishes the module from another one with its key. */
  static readonly plugin = PLUGIN;
  /** The plugin's options. */
  readonly options: TwitterOptions;
  readonly #keyring: Keyring;

  constructor(container: object, options: TwitterOptions = {}) {
    // biome-ignore lint/complexity/noArguments: the generated base class takes what the container gives
    super(...(arguments as unknown as [object]));
    this.options = options;
    this.#keyring = new Keyring(options.encryptionKeys);
    void container;
  }

  /** The service, of which a workflow's container gives proxies. */
  itself(): this {
    return this;
  }

  /** Reads an account's credentials in clear. */
  @InjectManager()
  async openCredentials(id: string, @MedusaContext() context: Context = {}): Promise<OpenCredentials | undefined> {
    const stored = await accounts.readCredentials(managerOf(context), id);
    if (stored === undefined) return undefined;
    const { api_config, ...row } = stored;
    return {
      ...row,
      config: open(api_config ?? {}, id, this.#keyring),
      stale: isStale(api_config ?? {}, this.#keyring),
    };
  }

  /** Stores credentials, encrypted, if they have not changed since `revision` was read; says whether they had not. */
  @InjectManager()
  async storeCredentials(
    id: string,
    revision: number,
    config: ApiConfig,
    status: AccountStatus,
    @MedusaContext() context: Context = {},
  ): Promise<boolean> {
    return accounts.storeCredentials(managerOf(context), id, revision, seal(config, id, this.#keyring), status);
  }

  /**
   * Encrypts credentials again that lie in plain text or under an older key, so that the older key can be taken away.
   * @returns how many accounts were written
   */
  @InjectManager()
  async resealCredentials(@MedusaContext() context: Context = {}): Promise<number> {
    let written = 0;
    for (const { id } of await this.listTwitterAccounts({}, { select: ['id'], take: null }, context)) {
      const row = await this.openCredentials(id, context);
      if (row?.stale && (await this.storeCredentials(id, row.revision, row.config, row.status, context))) written += 1;
    }
    return written;
  }

  /** Marks an account whose grant has ended, if nobody has connected it again since. */
  @InjectManager()
  async markReauthRequired(id: string, revision: number, @MedusaContext() context: Context = {}): Promise<void> {
    await accounts.markReauthRequired(managerOf(context), id, revision);
  }

  /** Keeps what is needed when an account's owner comes back from X. */
  @InjectManager()
  async keepOAuthRequest(
    state: string,
    request: Omit<OAuthRequestRow, 'id'> & { lifeMs: number },
    @MedusaContext() context: Context = {},
  ): Promise<void> {
    const { lifeMs, secret, ...row } = request;
    const state_digest = digest(state);
    await this.createTwitterOAuthRequests(
      {
        ...row,
        state_digest,
        secret: this.#keyring.encrypt(secret, state_digest),
        expires_at: new Date(Date.now() + lifeMs),
      },
      context,
    );
  }

  /** Takes out what was kept for a state, once; `undefined` if there is nothing, or it has expired. */
  @InjectTransactionManager()
  async takeOAuthRequest(
    state: string,
    @MedusaContext() context: Context = {},
  ): Promise<Omit<OAuthRequestRow, 'id'> | undefined> {
    const request = await takeOAuthRequest(managerOf(context), digest(state));
    if (request === undefined) return undefined;
    return { ...request, secret: this.#keyring.decrypt(request.secret, digest(state)) };
  }

  /** Keeps an event of X's by its id; `false` if it is here already. */
  @InjectManager()
  async keepWebhookEvent(
    event: { event_uuid: string; event_type: string; payload?: unknown },
    @MedusaContext() context: Context = {},
  ): Promise<boolean> {
    return keepWebhookEvent(managerOf(context), generateEntityId(undefined, 'twhook'), event);
  }

  /** Takes the turn to look after what is registered at X, if it is time; of several processes one gets it. */
  @InjectManager()
  async takeWebhookTurn(
    wanted: string,
    @MedusaContext() context: Context = {},
  ): Promise<webhook.WebhookRow | undefined> {
    return webhook.takeWebhookTurn(managerOf(context), wanted);
  }

  /** Writes what is registered at X now, and gives the turn back. */
  @InjectManager()
  async endWebhookTurn(
    turn: { turn: number; wanted: string },
    registration: webhook.Registration,
    @MedusaContext() context: Context = {},
  ): Promise<void> {
    await webhook.endWebhookTurn(managerOf(context), turn, registration);
  }

  /** Reads what was registered at X at the last look. */
  @InjectManager()
  async readWebhook(@MedusaContext() context: Context = {}): Promise<webhook.WebhookRow | undefined> {
    return webhook.readWebhook(managerOf(context));
  }

  /**
   * Changes posts that are not on their way, all or none of them.
   * @returns the id of one that is, or that has changed since its revision was read
   */
  @InjectTransactionManager()
  async updateDrafts(
    changes: posts.DraftChange[],
    @MedusaContext() context: Context = {},
  ): Promise<string | undefined> {
    const manager = managerOf(context);
    for (const change of inOrder(changes)) if (!(await posts.lockDraft(manager, change))) return change.id;
    for (const change of changes) await posts.updateDraft(manager, change);
    return undefined;
  }

  /** Notes what a person did with a post. */
  @InjectManager()
  async addActivity(id: string, entry: ActivityEntry, @MedusaContext() context: Context = {}): Promise<void> {
    await posts.addActivity(managerOf(context), id, entry);
  }

  /**
   * Deletes posts that are not on their way and not in doubt, all or none of them.
   * @returns the id of one that is
   */
  @InjectTransactionManager()
  async deleteSettledPosts(ids: string[], @MedusaContext() context: Context = {}): Promise<string | undefined> {
    const manager = managerOf(context);
    for (const id of [...ids].sort()) if (!(await posts.lockDeletable(manager, id))) return id;
    await this.softDeleteTwitterPosts(ids, {}, context);
    return undefined;
  }

  /** Takes a post for publishing; of several callers at once one gets it, and the post's revision with it. */
  @InjectTransactionManager()
  async claimPost(claim: intents.Claim, @MedusaContext() context: Context = {}): Promise<number | undefined> {
    return intents.claimPost(managerOf(context), { ...claim, intentId: generateEntityId(undefined, 'twint') });
  }

  /** Reads how far a post's publish is. */
  @InjectManager()
  async readIntent(postId: string, @MedusaContext() context: Context = {}): Promise<intents.IntentRow | undefined> {
    return intents.readIntent(managerOf(context), postId);
  }

  /** Reads what `PublishIntent` stored last. */
  @InjectManager()
  async readRow(postId: string, @MedusaContext() context: Context = {}) {
    return intents.readRow(managerOf(context), postId);
  }

  /** Stores what `PublishIntent` gives, if nobody else has since that version; says whether nobody had. */
  @InjectManager()
  async storeRow(
    postId: string,
    next: string,
    expectedVersion: number,
    @MedusaContext() context: Context = {},
  ): Promise<boolean> {
    return intents.storeRow(managerOf(context), postId, next, expectedVersion);
  }

  /** Stores how far a publish is. */
  @InjectManager()
  async saveProgress(postId: string, progress: object, @MedusaContext() context: Context = {}): Promise<void> {
    await intents.saveProgress(managerOf(context), postId, progress);
  }

  /** Notes in a post's history that its publish is resumed, where the process that had it has died. */
  @InjectManager()
  async noteTakeOver(postId: string, @MedusaContext() context: Context = {}): Promise<void> {
    await intents.noteTakeOver(managerOf(context), postId);
  }

  /** Writes how a publish ended; `false` if something else has ended it meanwhile. */
  @InjectTransactionManager()
  async settle(
    target: intents.SettlementTarget,
    settlement: intents.Settlement,
    @MedusaContext() context: Context = {},
  ): Promise<boolean> {
    // Its first reading, if this settles that it is out.
    const insightsDueAt = nextReading(this.options.insights ?? DEFAULT_INSIGHTS, new Date());
    return intents.settle(managerOf(context), { ...target, insightsDueAt }, settlement);
  }

  /** Ends a scheduled post that could not even be begun. */
  @InjectManager()
  async failScheduled(
    id: string,
    error: { code: string; message: string },
    @MedusaContext() context: Context = {},
  ): Promise<boolean> {
    return posts.failScheduled(managerOf(context), id, error);
  }

  /** Ids of scheduled posts whose time has come. */
  @InjectManager()
  async listDuePosts(limit: number, @MedusaContext() context: Context = {}): Promise<string[]> {
    return posts.duePosts(managerOf(context), limit);
  }

  /** Ids of posts whose publishing process has died. */
  @InjectManager()
  async listAbandonedPosts(limit: number, @MedusaContext() context: Context = {}): Promise<string[]> {
    return posts.abandonedPosts(managerOf(context), limit);
  }

  /** Ids of posts of unknown outcome that nobody has looked for lately. */
  @InjectManager()
  async listUnknownPosts(limit: number, @MedusaContext() context: Context = {}): Promise<string[]> {
    return posts.unknownPosts(managerOf(context), limit);
  }

  /** Ids of posts of one of X's users that may exist without our knowing. */
  @InjectManager()
  async listPostsInDoubt(xUserId: string, limit: number, @MedusaContext() context: Context = {}): Promise<string[]> {
    return posts.postsInDoubt(managerOf(context), xUserId, limit);
  }

  /** Marks a post that its owner has deleted on X; says whether it was posted until now. */
  @InjectManager()
  async markDeleted(postId: string, @MedusaContext() context: Context = {}): Promise<boolean> {
    return posts.markDeleted(managerOf(context), postId);
  }

  /**
   * Announces what subscribers have not been sent of a post, if there is something.
   * @param tell if it rejects, it is announced later
   */
  @InjectTransactionManager()
  async takeAnnouncement(
    postId: string,
    tell: (outcome: announcements.Outcome) => Promise<void>,
    @MedusaContext() context: Context = {},
  ): Promise<void> {
    const outcome = await announcements.takeAnnouncement(managerOf(context), postId);
    if (outcome !== undefined) await tell(outcome);
  }

  /** Ids of posts whose outcome subscribers should have been sent. */
  @InjectManager()
  async listUnannouncedPosts(limit: number, @MedusaContext() context: Context = {}): Promise<string[]> {
    return announcements.unannouncedPosts(managerOf(context), limit);
  }

  /**
   * Gives an account the posts of disconnected ones of the same X user.
   * @returns how many posts it got
   */
  @InjectManager()
  async adoptPosts(id: string, xUserId: string, @MedusaContext() context: Context = {}): Promise<number> {
    return accounts.adoptPosts(managerOf(context), id, xUserId);
  }

  /** Ids of posts whose metrics are to be read again. */
  @InjectManager()
  async listPostsWithDueInsights(limit: number, @MedusaContext() context: Context = {}): Promise<string[]> {
    return posts.postsWithDueInsights(managerOf(context), limit);
  }

  /** The id of the post that one of these tweets belongs to. */
  @InjectManager()
  async findPostOfTweet(tweetIds: string[], @MedusaContext() context: Context = {}): Promise<string | undefined> {
    return posts.postOfTweet(managerOf(context), tweetIds);
  }
}

export default TwitterModuleService;
