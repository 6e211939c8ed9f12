import type TwitterModuleService from '../modules/twitter/service';

/** An event as X's Activity API sends it. */
export interface ActivityEvent {
  event_uuid: string;
  event_type: string;
  payload?: unknown;
}

/** Ids of posts that an event is about, whichever kind it is: the post itself, and those that it answers or quotes. */
function tweetIdsOf(payload: unknown): string[] {
  if (typeof payload !== 'object' || payload === null) return [];
  const { id, tweet_id, post_id, referenced_tweets } = payload as Record<string, unknown>;
  const referenced = Array.isArray(referenced_tweets) ? referenced_tweets : [];
  return [id, tweet_id, post_id, ...referenced.map((tweet: { id?: unknown }) => tweet?.id)].filter(
    (candidate): candidate is string => typeof candidate === 'string' && /^\d{1,19}$/.test(candidate),
  );
}

/** Finds the event in a body of X's, if there is one. */
export function eventOf(body: unknown): ActivityEvent | undefined {
  const { data } = (body ?? {}) as { data?: Partial<ActivityEvent> };
  if (typeof data?.event_uuid !== 'string' || typeof data.event_type !== 'string') return undefined;
  return { event_uuid: data.event_uuid, event_type: data.event_type, payload: data.payload };
}

/**
 * Keeps an event, once: X may send it again. One that is about a post of ours lets its metrics be read soon.
 * @returns whether it was new
 */
export async function keepEvent(twitter: TwitterModuleService, event: ActivityEvent): Promise<boolean> {
  if (!(await twitter.keepWebhookEvent(event))) return false;
  const ids = tweetIdsOf(event.payload);
  const postId = ids.length === 0 ? undefined : await twitter.findPostOfTweet(ids);
  if (postId !== undefined) await twitter.updateTwitterPosts({ id: postId, insights_due_at: new Date() });
  return true;
}
