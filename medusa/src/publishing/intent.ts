import { type IntentPublishOptions, type IntentStatus, PublishIntent } from 'twitter-native';
import type TwitterModuleService from '../modules/twitter/service';
import { LEASE_SECONDS } from '../modules/twitter/sql/intents';
import { clientOf } from '../twitter/app';
import { type ComposedPost, partsOf } from '../twitter/content';
import type { Credentials } from '../twitter/credentials';
import { withShopFiles } from '../twitter/shop-files';
import { tweetsOf } from './settlement';

/** A post's `PublishIntent`, over its row: at most one post, whoever publishes, and whatever ends them. */
export function intentOf(twitter: TwitterModuleService, postId: string, onStore?: () => void): PublishIntent {
  return new PublishIntent({
    leaseMs: LEASE_SECONDS * 1000,
    async load() {
      const found = await twitter.readRow(postId);
      return found === undefined ? undefined : { state: found.row, version: found.version };
    },
    async store(next, expectedVersion) {
      const stored = await twitter.storeRow(postId, next, expectedVersion as number);
      if (stored) onStore?.();
      return stored;
    },
  });
}

/** What every publish of this shop has. */
export function intentOptions(twitter: TwitterModuleService): IntentPublishOptions {
  const { onUnknown, reconcileScheduleMs, prices } = twitter.options;
  return {
    client: clientOf(twitter),
    onUnknown: onUnknown === 'retry' ? 'retry' : 'stop',
    ...(prices === undefined ? {} : { prices }),
    ...(reconcileScheduleMs === undefined ? {} : { reconcile: { scheduleMs: reconcileScheduleMs } }),
  };
}

/** What of a post is given to its intent: the post, or its thread as an array. */
async function contentOf(twitter: TwitterModuleService, post: ComposedPost) {
  const [first, ...rest] = await withShopFiles(twitter, partsOf(post, twitter.options.maxWeightedLength));
  return { first, thread: rest.length > 0 ? [first, ...rest] : undefined };
}

/** Publishes a post or its thread, or resumes it; gives what exists, in a thread's order. */
export async function publishAll(
  twitter: TwitterModuleService,
  intent: PublishIntent,
  post: ComposedPost,
  { token, oauth1 }: Credentials,
  options: IntentPublishOptions,
) {
  const { first, thread } = await contentOf(twitter, post);
  if (thread) return tweetsOf(await intent.publish(thread, token ?? '', oauth1, options));
  return tweetsOf(await intent.publish(first, token ?? '', oauth1, options));
}

/** Resumes a post or its thread; `undefined` if nothing of it was begun, and then nothing is sent. */
export async function resumeAll(
  twitter: TwitterModuleService,
  intent: PublishIntent,
  post: ComposedPost,
  { token, oauth1 }: Credentials,
  options: IntentPublishOptions,
) {
  const { first, thread } = await contentOf(twitter, post);
  const found = thread
    ? await intent.resume(thread, token ?? '', oauth1, options)
    : await intent.resume(first, token ?? '', oauth1, options);
  return found && tweetsOf(found);
}

/**
 * How far an intent is. A row that this version of twitter-native can't read, as a newer one may have left it, is taken to
 * be of a post that may exist.
 */
export async function statusOf(intent: PublishIntent): Promise<IntentStatus> {
  try {
    return await intent.status();
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    if (code !== 'INVALID_ARGUMENT') throw error;
    return { state: 'unknown', inDoubt: true, published: [], error: { code, message } };
  }
}
