import { estimateCost } from 'twitter-native';
import { DEFAULT_INSIGHTS, readingsOf } from '../modules/twitter/insights-schedule';
import type TwitterModuleService from '../modules/twitter/service';
import { type ComposedPost, partsOf } from '../twitter/content';
import type { MonthView } from '../types/http';

const DAYS = 30;
const DAY_MS = 24 * 3_600_000;
/** Rows that are held at once. */
const ROUND = 500;
/** Dollars are added in whole millionths, so that sums are exact. */
const MICRO = 1_000_000;

type Row = ComposedPost & { account: { x_user_id: string | null } };

/** What the last 30 days' posts cost: a month like these costs so much again. */
export async function monthOf(twitter: TwitterModuleService, now = Date.now()): Promise<MonthView> {
  const { insights = DEFAULT_INSIGHTS, prices = {}, appOwnerId } = twitter.options;
  const readings = readingsOf(insights);
  const sums = { posts: 0, parts: 0, owned: 0, micros: 0 };
  let asOf = '';
  for (let skip = 0; ; skip += ROUND) {
    const rows = await twitter.listTwitterPosts(
      { status: ['posted', 'deleted'], posted_at: { $gte: new Date(now - DAYS * DAY_MS) } },
      { relations: ['account'], order: { posted_at: 'ASC', id: 'ASC' }, take: ROUND, skip },
    );
    for (const row of rows as unknown as Row[]) {
      const parts = partsOf(row);
      const { usd, pricesAsOf } = estimateCost(parts, prices);
      asOf = pricesAsOf;
      sums.posts += 1;
      sums.parts += parts.length;
      sums.micros += Math.round(usd * MICRO);
      if (appOwnerId !== undefined && row.account?.x_user_id === appOwnerId) sums.owned += parts.length;
    }
    if (rows.length < ROUND) break;
  }
  const calls = { ownedReads: sums.owned * readings, postReads: (sums.parts - sums.owned) * readings };
  const reads = estimateCost({ calls }, prices);
  return {
    days: DAYS,
    posts: { count: sums.posts, usd: sums.micros / MICRO },
    insights: { schedule: insights, readings_per_post: readings, usd: reads.usd },
    usd: (sums.micros + Math.round(reads.usd * MICRO)) / MICRO,
    prices_as_of: asOf || reads.pricesAsOf,
  };
}
