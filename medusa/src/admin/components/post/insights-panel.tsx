import { ArrowPath } from '@medusajs/icons';
import { Button, Container, Text, toast } from '@medusajs/ui';
import type { TwitterPostView } from '../../../types/http';
import { messageOf } from '../../lib/api';
import { formatDateTime } from '../../lib/format';
import { useInsights, useSyncInsights } from '../../lib/insights';
import { engagementSeriesOf, impressionsOf } from '../../lib/series';
import { SectionHeader } from '../section-header';
import { ChartPanel } from './chart-panel';
import { MetricsGrid } from './metrics-grid';
import { ReadingsTable } from './readings-table';

/** How a post does, now and over time. */
export function InsightsPanel({ post }: { post: TwitterPostView }) {
  const { data: readings = [] } = useInsights(post.id, true);
  const sync = useSyncInsights(post.id);
  const onSync = () =>
    sync.mutate(undefined, {
      onError: (error) => toast.error('The metrics were not read', { description: messageOf(error) }),
    });
  const times = readings.map(({ taken_at }) => new Date(taken_at));
  const impressions = impressionsOf(readings);
  const engagement = engagementSeriesOf(readings);
  const subtitle = post.insights_at ? `As of ${formatDateTime(post.insights_at)}` : 'Not read yet';
  return (
    <Container className="divide-y p-0" role="group" aria-label="Insights">
      <SectionHeader title="Insights" subtitle={subtitle}>
        <Button size="small" variant="secondary" isLoading={sync.isPending} onClick={onSync}>
          <ArrowPath />
          Sync now
        </Button>
      </SectionHeader>
      {post.insights && (
        <div className="flex flex-col gap-y-3 px-6 py-5">
          <MetricsGrid metrics={post.insights} />
          {post.insights.unavailable && post.insights.unavailable.length > 0 && (
            <Text size="xsmall" className="text-ui-fg-subtle">
              X did not give all figures to this account: {post.insights.unavailable.join(', ')}
            </Text>
          )}
        </div>
      )}
      <div className="flex flex-col gap-y-6 px-6 py-5">
        {readings.length === 0 && (
          <Text size="small" className="text-ui-fg-subtle">
            Each sync adds a reading; the charts grow with them.
          </Text>
        )}
        {impressions.length > 0 && <ChartPanel title="Impressions" times={times} series={impressions} />}
        {engagement.length > 0 && <ChartPanel title="Engagement" times={times} series={engagement} />}
        {readings.length > 0 && <ReadingsTable times={times} series={[...impressions, ...engagement]} />}
      </div>
    </Container>
  );
}
