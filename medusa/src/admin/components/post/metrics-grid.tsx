import { Text } from '@medusajs/ui';
import type { TwitterMetrics } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { figureOf } from '../../lib/format';
import { engagementOf } from '../../lib/insights';

/** The newest figures. */
export function MetricsGrid({ metrics }: { metrics: TwitterMetrics }) {
  const { t, format } = useTexts();
  const figures: [string, number | undefined][] = [
    [t('metrics.impressions'), metrics.impressions],
    [t('metrics.engagement'), metrics.engagements ?? engagementOf(metrics)],
    [t('metrics.likes'), metrics.likes],
    [t('metrics.retweets'), metrics.retweets],
    [t('metrics.replies'), metrics.replies],
    [t('metrics.quotes'), metrics.quotes],
    [t('metrics.bookmarks'), metrics.bookmarks],
    [t('metrics.url_link_clicks'), metrics.url_link_clicks],
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-4">
      {figures.map(([name, figure]) => (
        <div key={name} className="flex flex-col gap-y-1">
          <dt className="txt-compact-xsmall text-ui-fg-subtle">{name}</dt>
          <dd>
            <Text size="xlarge" leading="compact" weight="plus" className="tabular-nums">
              {figureOf(format, figure)}
            </Text>
          </dd>
        </div>
      ))}
    </dl>
  );
}
