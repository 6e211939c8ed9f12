import { MedusaError } from '@medusajs/framework/utils';
import { getTweet, type IntentCandidate, type PublishIntent } from 'twitter-native';
import type TwitterModuleService from '../modules/twitter/service';
import type { IntentRow, Settlement } from '../modules/twitter/sql/intents';
import { clientOf } from '../twitter/app';
import type { ComposedPost } from '../twitter/content';
import { credentialsOf, postingCredentials } from '../twitter/credentials';
import { isTwitterFailure } from '../twitter/errors';
import type { PublishIntentView, ThreadPart } from '../types/http';
import { intentOf, intentOptions, resumeAll, statusOf } from './intent';
import { failure, isInProgress, linkOf, success } from './settlement';
import { outcomeIsKnown } from './taken';

/** A post of unknown outcome, with what is needed to look for it. */
interface Doubt {
  twitter: TwitterModuleService;
  post: ComposedPost & { id: string; account_id: string };
  xUserId: string | null;
  isThread: boolean;
  seen: IntentRow['seen'];
}

/** What is to happen next. */
export type Resolution = 'settled' | 'republish' | 'still_unknown';

async function doubtOf(twitter: TwitterModuleService, postId: string): Promise<Doubt> {
  const post = await twitter.retrieveTwitterPost(postId, { relations: ['account'] });
  const intent = await twitter.readIntent(postId);
  if (post.status !== 'unknown' || intent?.state !== 'unknown') {
    throw outcomeIsKnown(post.status);
  }
  return {
    twitter,
    post: post as unknown as Doubt['post'],
    xUserId: post.account.x_user_id,
    isThread: ((post.thread as ThreadPart[] | null) ?? []).length > 0,
    seen: intent.seen,
  };
}

function settle({ twitter, post }: Doubt, settlement: Settlement): Promise<boolean> {
  return twitter.settle({ postId: post.id, from: ['unknown'] }, settlement);
}

type Seen = NonNullable<PublishIntentView['seen']>;

async function noteSeen(doubt: Doubt, seen: Seen, detail: string): Promise<void> {
  const row = await doubt.twitter.retrieveTwitterPost(doubt.post.id);
  const error = { code: row.error_code ?? 'UNKNOWN_OUTCOME', message: row.error_message ?? detail };
  // A job looks again and again; the history says what has changed.
  const event = seen.outcome === doubt.seen?.outcome ? null : 'looked';
  await settle(doubt, { state: 'unknown', status: 'unknown', event, detail, seen, error });
}

function seenOf(candidates: IntentCandidate[] = []): Seen {
  return {
    outcome: candidates.length > 0 ? 'ambiguous' : 'not_found',
    candidates: candidates.map(({ tweetId }) => tweetId),
    at: new Date().toISOString(),
  };
}

/**
 * Looks at the account's timeline. What is found of a thread is continued after it. What may exist is sent again only if the
 * operator has set `onUnknown: 'retry'`, and as twitter-native allows it then; what was never begun is not begun here.
 */
export async function check(twitter: TwitterModuleService, postId: string): Promise<Resolution> {
  const doubt = await doubtOf(twitter, postId);
  const intent = intentOf(twitter, postId);
  try {
    if ((await statusOf(intent)).inDoubt) await intent.settle('check');
    const own = await credentialsOf(twitter, doubt.post.account_id);
    const found = await resumeAll(twitter, intent, doubt.post, own, intentOptions(twitter));
    if (found === undefined) return 'still_unknown';
    await settle(doubt, { ...success(found), event: 'found', detail: 'it is on the timeline' });
    return 'settled';
  } catch (error) {
    return settleLook(doubt, error);
  }
}

/** A look that found nothing, or that was kept from looking. */
async function settleLook(doubt: Doubt, error: unknown): Promise<Resolution> {
  if (isInProgress(error)) return 'still_unknown';
  const status = await statusOf(intentOf(doubt.twitter, doubt.post.id));
  if (isTwitterFailure(error) && error.code === 'UNKNOWN_OUTCOME') {
    const seen = seenOf(status.candidates);
    await noteSeen(doubt, seen, `the timeline: ${seen.outcome}`);
    return 'still_unknown';
  }
  // The doubt may be over all the same: the part in doubt was found, and X refused the one after it.
  const settlement = failure(error, { retries: 0, status });
  if (status.state === 'failed' && settlement.state === 'failed') {
    await settle(doubt, settlement);
    return 'settled';
  }
  const { message } = error as Error;
  await noteSeen(doubt, { outcome: 'error', candidates: [], at: new Date().toISOString() }, message);
  throw error;
}

/**
 * Takes a person's word into the intent. One that is in no doubt, or that this version of twitter-native can't read, takes
 * none; the person's word counts for the post all the same, or nobody could end it.
 */
async function takeWord(intent: PublishIntent, word: 'abandon' | { tweetId: string }): Promise<boolean> {
  try {
    await intent.settle(word);
    return true;
  } catch (error) {
    if (isTwitterFailure(error) && error.code === 'INVALID_ARGUMENT') return false;
    throw error;
  }
}

/** A person has seen the post on X: makes sure that it is the account's, and keeps its id. */
export async function confirm(twitter: TwitterModuleService, postId: string, tweetId: string): Promise<Resolution> {
  const doubt = await doubtOf(twitter, postId);
  const own = postingCredentials(await credentialsOf(twitter, doubt.post.account_id));
  const tweet = await getTweet(tweetId, own, { client: clientOf(twitter) });
  if (doubt.xUserId !== null && tweet.authorId !== undefined && tweet.authorId !== doubt.xUserId) {
    const message = 'tweet_id: that post belongs to another account';
    throw new MedusaError(MedusaError.Types.INVALID_DATA, message, 'of_another_account');
  }
  const isTaken = await takeWord(intentOf(twitter, postId), { tweetId });
  // The parts after the one that was in doubt are still to be published.
  if (doubt.isThread && isTaken) return 'republish';
  const link = linkOf(tweet.id);
  await settle(doubt, {
    ...{ state: 'published', status: 'posted', event: 'confirmed', detail: 'a person has seen it on X' },
    published: [link],
    result: {
      kind: 'tweet',
      tweetId: tweet.id,
      tweetUrl: link.tweet_url,
      response: { id: tweet.id, text: tweet.text, mediaIds: [], reconciled: true },
    },
  });
  return 'settled';
}

/**
 * A person is sure that the post is not out: the next publish may send it again, unless it shows up now.
 * @throws IN_PROGRESS for two minutes after it was sent, in which it may still arrive
 */
export async function allowResend(twitter: TwitterModuleService, postId: string): Promise<Resolution> {
  if ((await check(twitter, postId)) === 'settled') return 'settled';
  await intentOf(twitter, postId).settle('retry');
  return 'republish';
}

/** A person gives the post up. What exists of a thread is kept, and nothing is sent after it. */
export async function abandon(twitter: TwitterModuleService, postId: string): Promise<Resolution> {
  const doubt = await doubtOf(twitter, postId);
  const intent = intentOf(twitter, postId);
  await takeWord(intent, 'abandon');
  const { published } = await statusOf(intent);
  const message = 'A person decided that the post is not out';
  await settle(doubt, {
    ...{ state: 'failed', status: 'failed', event: 'given_up', detail: message },
    forget: published.length === 0,
    error: { code: 'UNKNOWN_OUTCOME', message },
  });
  return 'settled';
}
