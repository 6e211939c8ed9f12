import type TwitterModuleService from '../modules/twitter/service';
import { intentOf } from '../publishing/intent';
import { check } from '../publishing/resolve';

/** An event as X's Activity API sends it. */
export interface ActivityEvent {
  event_uuid: string;
  event_type: string;
  payload?: unknown;
}

/** What became of our own rows by an event. */
export interface Effect {
  /** It had not been seen before. */
  isNew: boolean;
  /** A post of ours that it may have changed. */
  postId?: string;
}

/** Most posts in doubt that one event is compared with. */
const DOUBTS = 50;

type Payload = Record<string, unknown>;

const isId = (value: unknown): value is string => typeof value === 'string' && /^\d{1,19}$/.test(value);

/** Finds the event in a body of X's, if there is one. */
export function eventOf(body: unknown): ActivityEvent | undefined {
  const { data } = (body ?? {}) as { data?: Partial<ActivityEvent> };
  if (typeof data?.event_uuid !== 'string' || typeof data.event_type !== 'string') return undefined;
  return { event_uuid: data.event_uuid, event_type: data.event_type, payload: data.payload };
}

/**
 * Ids of the posts that an event is about: the post itself, and those that it answers or quotes. A like has an id of its
 * own, and names the post beside it.
 */
function tweetIdsOf({ event_type, payload }: ActivityEvent): string[] {
  const { id, tweet_id, post_id, liked_tweet_id, referenced_tweets } = (payload ?? {}) as Payload;
  const referenced = Array.isArray(referenced_tweets) ? referenced_tweets : [];
  const named = event_type.startsWith('like.') ? [liked_tweet_id] : [id, tweet_id, post_id];
  return [...named, ...referenced.map((tweet: { id?: unknown } | null) => tweet?.id)].filter(isId);
}

/** A post of an account whose answer was lost may be this one: X's own word settles that. */
async function settleDoubts(twitter: TwitterModuleService, event: ActivityEvent): Promise<string | undefined> {
  const { author_id } = (event.payload ?? {}) as Payload;
  if (!isId(author_id)) return undefined;
  for (const postId of await twitter.listPostsInDoubt(author_id, DOUBTS)) {
    if (!(await intentOf(twitter, postId).observe({ data: event }))) continue;
    // A post that a process is at is settled by that process.
    const { status } = await twitter.retrieveTwitterPost(postId);
    if (status === 'unknown') await check(twitter, postId);
    return postId;
  }
  return undefined;
}

/** The owner of an account has taken our access back. */
async function endGrant(twitter: TwitterModuleService, { payload }: ActivityEvent): Promise<void> {
  const { user_id } = (payload ?? {}) as Payload;
  if (!isId(user_id)) return;
  for (const { id } of await twitter.listTwitterAccounts({ x_user_id: user_id })) {
    const row = await twitter.openCredentials(id);
    if (row !== undefined) await twitter.markReauthRequired(id, row.revision);
  }
}

/**
 * Takes an event, once: X may send it again, and out of order. A new post settles a doubt, a deleted one and a revoked grant
 * change our rows, and with `insights: 'close'` what happens to a post of ours lets its metrics be read soon.
 */
export async function takeEvent(twitter: TwitterModuleService, event: ActivityEvent): Promise<Effect> {
  if (!(await twitter.keepWebhookEvent(event))) return { isNew: false };
  if (event.event_type === 'oauth.revoke') await endGrant(twitter, event);
  const settled = event.event_type === 'post.create' ? await settleDoubts(twitter, event) : undefined;
  const ids = tweetIdsOf(event);
  const postId = ids.length === 0 ? undefined : await twitter.findPostOfTweet(ids);
  if (postId === undefined) return { isNew: true, postId: settled };
  if (event.event_type === 'post.delete') await twitter.markDeleted(postId);
  // X bills each reading, so a like does not add one to a schedule that has few.
  else if (twitter.options.insights === 'close') {
    await twitter.updateTwitterPosts({ id: postId, insights_due_at: new Date() });
  }
  return { isNew: true, postId };
}
