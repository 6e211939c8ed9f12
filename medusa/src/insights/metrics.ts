import type { TweetMetrics } from 'twitter-native';
import type { InsightsPoint, TwitterMetrics } from '../types/http';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How often a post's metrics are read again by themselves, by its age: most happens at the beginning. */
const SCHEDULE: readonly { youngerThan: number; every: number }[] = [
  { youngerThan: HOUR_MS, every: 10 * MINUTE_MS },
  { youngerThan: DAY_MS, every: HOUR_MS },
  { youngerThan: 7 * DAY_MS, every: 6 * HOUR_MS },
  { youngerThan: 30 * DAY_MS, every: DAY_MS },
];

/** When a post of that age is to be read next; `null` when it is left to people who ask. */
export function nextReading(postedAt: Date, now = new Date()): Date | null {
  const age = now.getTime() - postedAt.getTime();
  const due = SCHEDULE.find(({ youngerThan }) => age < youngerThan);
  return due === undefined ? null : new Date(now.getTime() + due.every);
}

/** twitter-native's metrics in the words of the rows. */
export function insightsOf(metrics: TweetMetrics): TwitterMetrics {
  const { likes, retweets, replies, quotes } = metrics;
  const optional = {
    impressions: metrics.impressions,
    bookmarks: metrics.bookmarks,
    url_link_clicks: metrics.urlLinkClicks,
    user_profile_clicks: metrics.userProfileClicks,
    engagements: metrics.engagements,
    organic_impressions: metrics.organicImpressions,
    unavailable: metrics.unavailable,
  };
  return {
    ...{ likes, retweets, replies, quotes },
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

/** The metrics of several posts as one's: a thread's are those of all its parts. */
export function sumOf(all: TwitterMetrics[]): TwitterMetrics {
  const sum: TwitterMetrics = { likes: 0, retweets: 0, replies: 0, quotes: 0 };
  const unavailable = new Set(all.flatMap((metrics) => metrics.unavailable ?? []));
  for (const { unavailable: _, ...figures } of all) {
    for (const [name, figure] of Object.entries(figures) as [keyof typeof figures, number][]) {
      sum[name] = (sum[name] ?? 0) + figure;
    }
  }
  return unavailable.size > 0 ? { ...sum, unavailable: [...unavailable] } : sum;
}

/** A reading's row, as far as the series needs it. */
export interface SnapshotRow extends Pick<TwitterMetrics, 'likes' | 'retweets' | 'replies' | 'quotes'> {
  taken_at: Date;
  impressions: number | null;
  bookmarks: number | null;
  engagements: number | null;
  details: Record<string, unknown> | null;
}

/** A reading's row out of metrics. */
export function snapshotOf(insights: TwitterMetrics): Omit<SnapshotRow, 'taken_at'> {
  const { likes, retweets, replies, quotes, impressions, bookmarks, engagements, ...details } = insights;
  return {
    ...{ likes, retweets, replies, quotes, details },
    impressions: impressions ?? null,
    bookmarks: bookmarks ?? null,
    engagements: engagements ?? null,
  };
}

/** A reading's row as the series shows it. */
export function pointOf(row: SnapshotRow): InsightsPoint {
  const { taken_at, likes, retweets, replies, quotes, impressions, bookmarks, engagements, details } = row;
  return {
    taken_at: new Date(taken_at).toISOString(),
    ...{ likes, retweets, replies, quotes },
    ...(impressions === null ? {} : { impressions }),
    ...(bookmarks === null ? {} : { bookmarks }),
    ...(engagements === null ? {} : { engagements }),
    ...details,
  };
}
