import { setTimeout as delay } from 'node:timers/promises';
import { MedusaError } from '@medusajs/framework/utils';
import type TwitterModuleService from '../modules/twitter/service';
import type { IntentRow, Settlement } from '../modules/twitter/sql/intents';
import { type ComposedPost, hasMedia, partsOf } from '../twitter/content';
import { credentialsOf, noteRefusal } from '../twitter/credentials';
import type { PublishIntentView, TwitterPublishResult } from '../types/http';
import { intentOf, intentOptions, publishAll, statusOf } from './intent';
import { ProgressLog } from './progress';
import { failure, isInProgress, success } from './settlement';

/** How often a process that found another one at the same publish looks how far that is. */
const LOOK_EVERY_MS = 1000;

/** How a publish ended. */
export interface PublishOutcome {
  state: Exclude<PublishIntentView['state'], 'open'>;
  result: TwitterPublishResult | null;
}

type PostRow = ComposedPost & { id: string; account_id: string };

/**
 * Publishes a claimed post, or resumes it where another process left it. If a living process is at it, this waits
 * for that one's end instead. The outcome is in the rows when this settles; it rejects only if they can't be read or
 * written.
 */
export async function publishPost(twitter: TwitterModuleService, postId: string): Promise<PublishOutcome> {
  for (;;) {
    const current = await twitter.readIntent(postId);
    if (current === undefined) throw new MedusaError(MedusaError.Types.NOT_FOUND, `${postId} is not being published`);
    if (current.state !== 'open') return { state: current.state, result: current.result };
    const settlement = await attempt(twitter, postId, current);
    if (settlement === undefined) await delay(LOOK_EVERY_MS);
    else await twitter.settle({ postId, from: settleableTo(settlement) }, settlement);
  }
}

/** That a post exists counts whatever was written before; that it failed only where nothing else has ended it. */
function settleableTo({ state }: Settlement): PublishIntentView['state'][] {
  return state === 'published' ? ['open', 'failed', 'unknown'] : ['open'];
}

/** One attempt, and what becomes of the post by it; `undefined` if another process is at it. */
async function attempt(
  twitter: TwitterModuleService,
  postId: string,
  { retries, history }: IntentRow,
): Promise<Settlement | undefined> {
  const post = (await twitter.retrieveTwitterPost(postId)) as unknown as PostRow;
  try {
    return success(await send(twitter, post));
  } catch (thrown) {
    if (isInProgress(thrown)) return undefined;
    await noteRefusal(twitter, post.account_id, thrown);
    return failure(thrown, { retries, history, status: await statusOf(intentOf(twitter, postId)) });
  }
}

async function send(twitter: TwitterModuleService, post: PostRow) {
  const { maxWeightedLength } = twitter.options;
  const credentials = await credentialsOf(twitter, post.account_id, { withMedia: hasMedia(post) });
  const progress = new ProgressLog(partsOf(post, maxWeightedLength), (current) =>
    // What can't be written now is written with the next event.
    twitter.saveProgress(post.id, current).catch(() => {}),
  );
  const intent = intentOf(twitter, post.id, () => progress.onStore(() => intent.status()));
  try {
    const options = { ...intentOptions(twitter), onProgress: progress.onProgress };
    return await publishAll(twitter, intent, post, credentials, options);
  } finally {
    await progress.close();
  }
}
