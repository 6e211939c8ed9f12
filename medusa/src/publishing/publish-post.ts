import { setTimeout as delay } from 'node:timers/promises';
import { MedusaError } from '@medusajs/framework/utils';
import { type PublishContent, type PublishOptions, publishThread, publishTweetWithMedia } from 'twitter-native';
import type TwitterModuleService from '../modules/twitter/service';
import type { Holding, IntentRow } from '../modules/twitter/sql/intents';
import { clientOf } from '../twitter/app';
import { type ComposedPost, digestOf, hasMedia, partsOf } from '../twitter/content';
import { type Credentials, credentialsOf, noteRefusal } from '../twitter/credentials';
import type { PublishIntentView, TwitterPostStatus, TwitterPublishResult } from '../types/http';
import { ProgressLog } from './progress';
import { failure, success, tweetsOf } from './settlement';

/** How often a process that found another one at the same publish looks how far that is. */
const LOOK_EVERY_MS = 1000;

/** How a publish ended. */
export interface PublishOutcome {
  state: Exclude<PublishIntentView['state'], 'open'>;
  result: TwitterPublishResult | null;
}

/** The lease was lost: another process has the publish, and this one must not send any more. */
class LostLease extends Error {
  override readonly name = 'LostLease';
}

type PostRow = ComposedPost & { id: string; account_id: string; status: TwitterPostStatus };

/** What a publish has at hand. */
interface Publish {
  twitter: TwitterModuleService;
  post: PostRow;
  /** Of the post's content. */
  digest: string;
  holding: Holding;
  /** It may be sent again where it is in doubt. */
  resend: boolean;
  retries: number;
  /** The last one that was kept. */
  checkpoint: string | null;
}

/**
 * Publishes a claimed post, or goes on with it where another process left it. If a living process is at it, this waits
 * for that one's end instead. The outcome is in the rows when this settles; it rejects only if they can't be read or
 * written.
 */
export async function publishPost(twitter: TwitterModuleService, postId: string): Promise<PublishOutcome> {
  for (;;) {
    const intent = await twitter.takeOver(postId);
    if (intent !== undefined) {
      const outcome = await hold(twitter, postId, intent);
      if (outcome !== undefined) return outcome;
    }
    const current = await twitter.readIntent(postId);
    if (current === undefined) throw new MedusaError(MedusaError.Types.NOT_FOUND, `${postId} is not being published`);
    if (current.state !== 'open') return { state: current.state, result: current.result };
    await delay(LOOK_EVERY_MS);
  }
}

/** Publishes as the holder of the lease; `undefined` if it was lost meanwhile. */
async function hold(
  twitter: TwitterModuleService,
  postId: string,
  intent: IntentRow,
): Promise<PublishOutcome | undefined> {
  const post = (await twitter.retrieveTwitterPost(postId)) as unknown as PostRow;
  const digest = digestOf(post);
  const publish: Publish = {
    ...{ twitter, post, digest },
    ...{ resend: intent.resend, retries: intent.retries },
    // A post may only be changed while it surely is not out: what was kept of its former content is void then.
    checkpoint: intent.content_digest === digest ? intent.checkpoint : null,
    holding: { intentId: intent.id, postId, epoch: intent.epoch },
  };
  const settlement = await send(publish).then(success, (thrown: unknown) => {
    if (isLostLease(thrown)) return undefined;
    const { retries, checkpoint } = publish;
    const progress = { retries, checkpoint, posts: 1 + (post.thread?.length ?? 0) };
    return noteRefusal(twitter, post.account_id, thrown).then(() => failure(thrown, progress));
  });
  if (settlement === undefined) return undefined;
  const settled = await twitter.settle({ postId, epoch: intent.epoch, from: 'open' }, settlement);
  if (!settled) return undefined;
  return { state: settlement.state as PublishOutcome['state'], result: settlement.result ?? null };
}

function isLostLease(thrown: unknown): boolean {
  const cause = (thrown as { cause?: unknown }).cause ?? thrown;
  return cause instanceof LostLease;
}

async function send(publish: Publish) {
  const { twitter, post, holding } = publish;
  const credentials = await credentialsOf(twitter, post.account_id, { withMedia: hasMedia(post) });
  const parts = partsOf(post, twitter.options.maxWeightedLength);
  const lease = new AbortController();
  const progress = new ProgressLog(parts, async (current) => {
    // A row that can't be written now is written at the next beat; the lease outlives two of them.
    const held = await twitter.saveProgress(holding, current).catch(() => true);
    if (!held) lease.abort(new LostLease());
  });
  try {
    return tweetsOf(await call(parts, credentials, optionsOf(publish, progress, lease.signal)));
  } finally {
    await progress.close();
  }
}

function call([first, ...rest]: [PublishContent, ...PublishContent[]], own: Credentials, options: PublishOptions) {
  const { token = '', oauth1 } = own;
  if (rest.length > 0) return publishThread([first, ...rest], token, oauth1, options);
  return publishTweetWithMedia(first, token, oauth1, options);
}

function optionsOf(publish: Publish, progress: ProgressLog, signal: AbortSignal) {
  const { twitter, holding, digest, resend, checkpoint } = publish;
  const { onUnknown, reconcileScheduleMs } = twitter.options;
  const options: PublishOptions = {
    client: clientOf(twitter),
    signal,
    onProgress: progress.onProgress,
    onCheckpoint: async (next) => {
      if (!(await twitter.saveCheckpoint(holding, next, digest))) throw new LostLease();
      publish.checkpoint = next;
      progress.onCheckpoint(next);
    },
    onUnknown: onUnknown === 'retry' || resend ? 'retry' : 'stop',
    ...(checkpoint === null ? {} : { checkpoint }),
    ...(reconcileScheduleMs === undefined ? {} : { reconcile: { scheduleMs: reconcileScheduleMs } }),
  };
  return options;
}
