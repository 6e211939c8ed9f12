import { Text } from '@medusajs/ui';
import type { TwitterMetrics } from '../../../types/http';
import { formatNumber } from '../../lib/format';
import { engagementOf } from '../../lib/insights';

/** The newest figures. */
export function MetricsGrid({ metrics }: { metrics: TwitterMetrics }) {
  const figures: [string, number | undefined][] = [
    ['Impressions', metrics.impressions],
    ['Engagement', metrics.engagements ?? engagementOf(metrics)],
    ['Likes', metrics.likes],
    ['Reposts', metrics.retweets],
    ['Replies', metrics.replies],
    ['Quotes', metrics.quotes],
    ['Bookmarks', metrics.bookmarks],
    ['Link clicks', metrics.url_link_clicks],
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-4">
      {figures.map(([name, figure]) => (
        <div key={name} className="flex flex-col gap-y-1">
          <dt className="txt-compact-xsmall text-ui-fg-subtle">{name}</dt>
          <dd>
            <Text size="xlarge" leading="compact" weight="plus" className="tabular-nums">
              {formatNumber(figure)}
            </Text>
          </dd>
        </div>
      ))}
    </dl>
  );
}
