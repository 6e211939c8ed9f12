import { ArrowPath } from '@medusajs/icons';
import { Button, Container, Text, toast } from '@medusajs/ui';
import type { TwitterPostView } from '../../../types/http';
import type { Texts } from '../../i18n/texts';
import { useTexts } from '../../i18n/use-texts';
import { useInsights, useSyncInsights } from '../../lib/insights';
import { engagementSeriesOf, impressionsOf } from '../../lib/series';
import { messageOf } from '../../lib/server-messages';
import { SectionHeader } from '../section-header';
import { ChartPanel } from './chart-panel';
import { MetricsGrid } from './metrics-grid';
import { ReadingsTable } from './readings-table';

/** A group of figures that X refused, in words. */
function groupInWords({ t, has }: Texts, group: string): string {
  const key = `post.insights.groups.${group}`;
  return has(key) ? t(key as 'post.insights.groups.organic_metrics') : group;
}

/** How a post does, now and over time. */
export function InsightsPanel({ post }: { post: TwitterPostView }) {
  const texts = useTexts();
  const { t, format } = texts;
  const { data: readings = [] } = useInsights(post.id, true);
  const sync = useSyncInsights(post.id);
  const onSync = () =>
    sync.mutate(undefined, {
      onError: (error) => toast.error(t('metrics.notRead'), { description: messageOf(texts, error) }),
    });
  const times = readings.map(({ taken_at }) => new Date(taken_at));
  const impressions = impressionsOf(texts, readings);
  const engagement = engagementSeriesOf(texts, readings);
  const subtitle = post.insights_at
    ? t('post.insights.asOf', { time: format.dateTime(post.insights_at) })
    : t('post.insights.notYet');
  return (
    <Container className="divide-y p-0" role="group" aria-label={t('post.insights.title')}>
      <SectionHeader title={t('post.insights.title')} subtitle={subtitle}>
        <Button size="small" variant="secondary" isLoading={sync.isPending} onClick={onSync}>
          <ArrowPath />
          {t('post.insights.sync')}
        </Button>
      </SectionHeader>
      {post.insights && (
        <div className="flex flex-col gap-y-3 px-6 py-5">
          <MetricsGrid metrics={post.insights} />
          {post.insights.unavailable && post.insights.unavailable.length > 0 && (
            <Text size="xsmall" className="text-ui-fg-subtle">
              {t('post.insights.unavailable', {
                groups: format.list(post.insights.unavailable.map((group) => groupInWords(texts, group))),
              })}
            </Text>
          )}
        </div>
      )}
      <div className="flex flex-col gap-y-6 px-6 py-5">
        {readings.length === 0 && (
          <Text size="small" className="text-ui-fg-subtle">
            {t('post.insights.empty')}
          </Text>
        )}
        {impressions.length > 0 && <ChartPanel title={t('metrics.impressions')} times={times} series={impressions} />}
        {engagement.length > 0 && <ChartPanel title={t('metrics.engagement')} times={times} series={engagement} />}
        {readings.length > 0 && <ReadingsTable times={times} series={[...impressions, ...engagement]} />}
      </div>
    </Container>
  );
}
