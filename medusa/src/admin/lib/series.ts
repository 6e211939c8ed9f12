import type { InsightsPoint } from '../../types/http';
import type { Texts } from '../i18n/texts';

/** A line of a chart. A time without a figure has none. */
export interface Series {
  name: string;
  /** A CSS colour. */
  colour: string;
  values: (number | null)[];
}

type Metric = 'impressions' | 'likes' | 'retweets' | 'replies' | 'quotes' | 'bookmarks' | 'url_link_clicks';

const IMPRESSIONS: [Metric, string] = ['impressions', 'var(--tag-blue-icon)'];

const ENGAGEMENT: [Metric, string][] = [
  ['likes', 'var(--tag-red-icon)'],
  ['retweets', 'var(--tag-green-icon)'],
  ['replies', 'var(--tag-purple-icon)'],
  ['quotes', 'var(--tag-orange-icon)'],
  ['bookmarks', 'var(--tag-blue-icon)'],
  ['url_link_clicks', 'var(--fg-muted)'],
];

const seriesOf = ({ t }: Texts, readings: InsightsPoint[], [metric, colour]: [Metric, string]): Series => ({
  name: t(`metrics.${metric}`),
  colour,
  values: readings.map((reading) => reading[metric] ?? null),
});

const hasValues = ({ values }: Series) => values.some((value) => value !== null);

export const impressionsOf = (texts: Texts, readings: InsightsPoint[]) =>
  [seriesOf(texts, readings, IMPRESSIONS)].filter(hasValues);

/** One line for each thing that people do with a post, and that X reported. */
export const engagementSeriesOf = (texts: Texts, readings: InsightsPoint[]) =>
  ENGAGEMENT.map((metric) => seriesOf(texts, readings, metric)).filter(hasValues);
