import { Container, Text } from '@medusajs/ui';
import type { CostsView, UsageView } from '../../../types/http';
import { useCosts } from '../../lib/costs';
import { counted, formatDateTime, formatNumber } from '../../lib/format';
import { formatUsd, scheduleInWords } from '../../lib/price';
import { LoadError } from '../load-error';
import { SectionHeader } from '../section-header';

/** What publishing and measuring cost, and what X says of the app's account. */
export function CostsPanel() {
  const { data: costs, error, refetch } = useCosts();
  return (
    <Container className="divide-y p-0">
      <SectionHeader title="Costs" subtitle="X bills each call of its API" />
      {error && <LoadError error={error} onRetry={() => void refetch()} />}
      {costs && (
        <dl className="grid grid-cols-1 gap-x-8 gap-y-4 px-6 py-5 md:grid-cols-2">
          <Month month={costs.month} />
          <Usage usage={costs.usage} />
        </dl>
      )}
    </Container>
  );
}

function Month({ month }: Pick<CostsView, 'month'>) {
  const { posts, insights } = month;
  return (
    <Fact term={`A month like the last ${month.days} days`}>
      <Text size="small">
        About {formatUsd(month.usd)}: {formatUsd(posts.usd)} for {counted(posts.count, 'post')},{' '}
        {formatUsd(insights.usd)} for reading their metrics
      </Text>
      <Text size="small" className="text-ui-fg-subtle">
        {scheduleInWords(insights)}. Prices of X as of {month.prices_as_of}.
      </Text>
    </Fact>
  );
}

function Usage({ usage }: { usage: UsageView }) {
  return (
    <Fact term="What X has counted">
      {usage.error ? (
        <Text size="small" className="text-ui-fg-error">
          X did not say: {usage.error.message}
        </Text>
      ) : (
        <>
          <Text size="small">
            {formatNumber(usage.posts_read)} posts read in this cycle, of {formatNumber(usage.cap)}
          </Text>
          <Text size="small" className="text-ui-fg-subtle">
            {usage.credits_usd === null
              ? `X did not tell what is left of the credits: ${usage.credits_unavailable ?? 'it gave no figure'}`
              : `${formatUsd(usage.credits_usd)} of credits left`}
            . Asked at {formatDateTime(usage.asked_at)}.
          </Text>
        </>
      )}
    </Fact>
  );
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-y-1">
      <dt className="txt-compact-xsmall-plus text-ui-fg-subtle">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
