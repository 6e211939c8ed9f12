import { MedusaError } from '@medusajs/framework/utils';
import { getTweet, resolveOutcome } from 'twitter-native';
import type TwitterModuleService from '../modules/twitter/service';
import type { IntentRow, Settlement } from '../modules/twitter/sql/intents';
import { clientOf } from '../twitter/app';
import { credentialsOf, postingCredentials } from '../twitter/credentials';
import type { PublishIntentView, ThreadPart } from '../types/http';
import { linkOf } from './settlement';

/** A post of unknown outcome, with what is needed to look for it. */
interface Doubt {
  twitter: TwitterModuleService;
  postId: string;
  accountId: string;
  xUserId: string | null;
  isThread: boolean;
  intent: IntentRow;
}

/** What is to happen next. */
export type Resolution = 'settled' | 'republish' | 'still_unknown';

async function doubtOf(twitter: TwitterModuleService, postId: string): Promise<Doubt> {
  const post = await twitter.retrieveTwitterPost(postId, { relations: ['account'] });
  const intent = await twitter.readIntent(postId);
  if (post.status !== 'unknown' || intent?.state !== 'unknown') {
    throw new MedusaError(MedusaError.Types.CONFLICT, `The post's outcome is known: it is ${post.status}`);
  }
  return {
    ...{ twitter, postId, intent },
    accountId: post.account_id,
    xUserId: post.account.x_user_id,
    isThread: ((post.thread as ThreadPart[] | null) ?? []).length > 0,
  };
}

function settle({ twitter, postId, intent }: Doubt, settlement: Settlement): Promise<boolean> {
  return twitter.settle({ postId, epoch: intent.epoch, from: 'unknown' }, settlement);
}

function published(tweetId: string, text: string, event: string, detail: string): Settlement {
  const link = linkOf(tweetId);
  return {
    ...{ state: 'published', status: 'posted', event, detail },
    published: [link],
    result: {
      kind: 'tweet',
      tweetId,
      tweetUrl: link.tweet_url,
      response: { id: tweetId, text, mediaIds: [], reconciled: true },
    },
  };
}

async function noteSeen(doubt: Doubt, seen: NonNullable<PublishIntentView['seen']>, detail: string): Promise<void> {
  const { twitter, postId } = doubt;
  const row = await twitter.retrieveTwitterPost(postId);
  const error = { code: row.error_code ?? 'UNKNOWN_OUTCOME', message: row.error_message ?? detail };
  // A job looks again and again; the history tells what has changed.
  const event = seen.outcome === doubt.intent.seen?.outcome ? null : 'looked';
  await settle(doubt, { state: 'unknown', status: 'unknown', event, detail, seen, error });
}

/** Looks at the account's timeline. A thread that is found goes on by itself, so it is published again from there. */
export async function check(twitter: TwitterModuleService, postId: string): Promise<Resolution> {
  const doubt = await doubtOf(twitter, postId);
  if (doubt.intent.checkpoint === null) return 'still_unknown';
  const at = new Date().toISOString();
  const own = postingCredentials(await credentialsOf(twitter, doubt.accountId));
  const { reconcileScheduleMs } = twitter.options;
  try {
    const found = await resolveOutcome(doubt.intent.checkpoint, own, {
      client: clientOf(twitter),
      ...(reconcileScheduleMs === undefined ? {} : { reconcile: { scheduleMs: reconcileScheduleMs } }),
    });
    const candidates = found.candidates ?? [];
    if (found.outcome === 'published' && found.tweetId !== undefined) {
      if (doubt.isThread) return 'republish';
      await settle(doubt, published(found.tweetId, '', 'found', 'it stands on the timeline'));
      return 'settled';
    }
    await noteSeen(doubt, { outcome: found.outcome, candidates, at }, `the timeline: ${found.outcome}`);
  } catch (error) {
    const { message } = error as Error;
    await noteSeen(doubt, { outcome: 'error', candidates: [], at }, message);
    throw error;
  }
  return 'still_unknown';
}

/** A person has seen the post on X: makes sure that it is the account's, and keeps its id. */
export async function confirm(twitter: TwitterModuleService, postId: string, tweetId: string): Promise<Resolution> {
  const doubt = await doubtOf(twitter, postId);
  if (doubt.isThread) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      'A thread goes on by itself when the timeline shows its last part: look again',
    );
  }
  const own = postingCredentials(await credentialsOf(twitter, doubt.accountId));
  const tweet = await getTweet(tweetId, own, { client: clientOf(twitter) });
  if (doubt.xUserId !== null && tweet.authorId !== undefined && tweet.authorId !== doubt.xUserId) {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, 'tweet_id: that post belongs to another account');
  }
  await settle(doubt, published(tweet.id, tweet.text, 'confirmed', 'a person has seen it on X'));
  return 'settled';
}

/** A person gives the post up. What stands of a thread is kept, so that it can only go on behind that. */
export async function abandon(twitter: TwitterModuleService, postId: string): Promise<Resolution> {
  const doubt = await doubtOf(twitter, postId);
  const message = 'A person decided that the post is not out';
  await settle(doubt, {
    ...{ state: 'failed', status: 'failed', event: 'given_up', detail: message },
    forget: !doubt.intent.published?.length,
    error: { code: 'UNKNOWN_OUTCOME', message },
  });
  return 'settled';
}

/** A post that is in doubt, or an error that says that it is not. */
export async function requireDoubt(twitter: TwitterModuleService, postId: string): Promise<void> {
  await doubtOf(twitter, postId);
}
