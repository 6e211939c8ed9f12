import {
  getTweetsMetrics,
  getUserTweets,
  type TimelineOptions,
  type TweetMetricsResult,
  type UserTweets,
} from 'twitter-native';
import type TwitterModuleService from '../modules/twitter/service';
import { clientOf } from '../twitter/app';
import { credentialsOf, postingCredentials } from '../twitter/credentials';

/** X's bounds of a page. */
const [SMALLEST_PAGE, LARGEST_PAGE] = [5, 100];
/** X takes so many times more for a post that is read by its id than for one on the timeline of the app's owner. */
const CHEAPER = 5;
/** Posts that lie further apart are read by requests of their own: what lies between them would be billed too. */
const FAR_MS = 6 * 3_600_000;
/** The bits of an id that follow its time. */
const AFTER_TIME = 22n;

/** Ids, the oldest first, in groups of what lies near each other. */
function nearOnes(tweetIds: string[]): string[][] {
  const groups: string[][] = [];
  let before = 0;
  for (const id of tweetIds.map(BigInt).sort((a, b) => (a < b ? -1 : 1))) {
    const at = Number(id >> AFTER_TIME);
    if (groups.length === 0 || at - before > FAR_MS) groups.push([]);
    groups.at(-1)?.push(String(id));
    before = at;
  }
  return groups;
}

type Reader = (
  options: Pick<TimelineOptions, 'sinceId' | 'untilId' | 'maxResults' | 'paginationToken'>,
) => Promise<UserTweets>;

/** Reads posts on their author's timeline, until that is no cheaper any more than by their ids. */
async function readNear(read: Reader, ids: string[]): Promise<TweetMetricsResult[]> {
  const range = { sinceId: String(BigInt(ids[0] ?? 0) - 1n), untilId: String(BigInt(ids.at(-1) ?? 0) + 1n) };
  const wanted = new Set(ids);
  const found: TweetMetricsResult[] = [];
  let budget = CHEAPER * ids.length;
  let page: UserTweets | undefined;
  do {
    const maxResults = Math.min(budget, LARGEST_PAGE);
    page = await read({ ...range, maxResults, ...(page?.nextToken ? { paginationToken: page.nextToken } : {}) });
    budget -= page.length;
    for (const { id: tweetId, metrics } of page) {
      if (wanted.delete(tweetId) && metrics !== undefined) found.push({ tweetId, metrics });
    }
  } while (page.nextToken !== undefined && wanted.size > 0 && budget >= SMALLEST_PAGE);
  return found;
}

/**
 * Reads the metrics of an account's posts, 100 in a request: with the author's own numbers, by their ids; or for less, and
 * without these, on the timeline of the account that owns the app. What is not found there is read by its id.
 * @param isCheap take the cheaper way where there is one
 */
export async function readMetrics(
  twitter: TwitterModuleService,
  accountId: string,
  tweetIds: string[],
  isCheap: boolean,
): Promise<TweetMetricsResult[]> {
  const credentials = postingCredentials(await credentialsOf(twitter, accountId));
  const { x_user_id } = await twitter.retrieveTwitterAccount(accountId);
  const isOwner = x_user_id !== null && x_user_id === twitter.options.appOwnerId;
  const client = clientOf(twitter);
  const owned: TweetMetricsResult[] = [];
  if (isCheap && isOwner) {
    const read: Reader = (options) => getUserTweets(x_user_id, credentials, { ...options, client });
    for (const ids of nearOnes(tweetIds)) owned.push(...(await readNear(read, ids)));
  }
  const known = new Set(owned.map(({ tweetId }) => tweetId));
  const others = tweetIds.filter((id) => !known.has(id));
  if (others.length === 0) return owned;
  return [...owned, ...(await getTweetsMetrics(others, credentials, { scope: 'owner', client }))];
}
