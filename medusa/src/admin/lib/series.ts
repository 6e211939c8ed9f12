import type { InsightsPoint, TwitterMetrics } from '../../types/http';

/** A line of a chart. A time without a figure has none. */
export interface Series {
  name: string;
  /** A CSS colour. */
  colour: string;
  values: (number | null)[];
}

type Metric = Exclude<keyof TwitterMetrics, 'unavailable'>;

const IMPRESSIONS: [Metric, string, string] = ['impressions', 'Impressions', 'var(--tag-blue-icon)'];

const ENGAGEMENT: [Metric, string, string][] = [
  ['likes', 'Likes', 'var(--tag-red-icon)'],
  ['retweets', 'Reposts', 'var(--tag-green-icon)'],
  ['replies', 'Replies', 'var(--tag-purple-icon)'],
  ['quotes', 'Quotes', 'var(--tag-orange-icon)'],
  ['bookmarks', 'Bookmarks', 'var(--tag-blue-icon)'],
  ['url_link_clicks', 'Link clicks', 'var(--fg-muted)'],
];

const seriesOf = (readings: InsightsPoint[], [metric, name, colour]: [Metric, string, string]): Series => ({
  name,
  colour,
  values: readings.map((reading) => reading[metric] ?? null),
});

const hasValues = ({ values }: Series) => values.some((value) => value !== null);

export const impressionsOf = (readings: InsightsPoint[]) => [seriesOf(readings, IMPRESSIONS)].filter(hasValues);

/** One line for each thing that people do with a post, and that X told. */
export const engagementSeriesOf = (readings: InsightsPoint[]) =>
  ENGAGEMENT.map((metric) => seriesOf(readings, metric)).filter(hasValues);
