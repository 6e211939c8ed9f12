import type { TweetMetrics } from 'twitter-native';
import type { InsightsPoint, TwitterMetrics } from '../types/http';

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
