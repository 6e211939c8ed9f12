import { Container, Text } from '@medusajs/ui';
import type { CostsView, UsageView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { useCosts } from '../../lib/costs';
import { figureOf } from '../../lib/format';
import { scheduleInWords } from '../../lib/price';
import { problemInWords } from '../../lib/server-messages';
import { Details } from '../details';
import { LoadError } from '../load-error';
import { SectionHeader } from '../section-header';

/** What publishing and measuring cost, and what X says of the app's account. */
export function CostsPanel() {
  const { t } = useTexts();
  const { data: costs, error, refetch } = useCosts();
  return (
    <Container className="divide-y p-0">
      <SectionHeader title={t('costs.title')} subtitle={t('costs.subtitle')} />
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
  const texts = useTexts();
  const { t, format } = texts;
  const { posts, insights } = month;
  const sum = {
    total: format.usd(month.usd),
    posting: format.usd(posts.usd),
    reading: format.usd(insights.usd),
    count: posts.count,
  };
  return (
    <Fact term={t('costs.month', { days: month.days })}>
      <Text size="small">{t('costs.sum', sum)}</Text>
      <Text size="small" className="text-ui-fg-subtle">
        {scheduleInWords(texts, insights)} {t('costs.prices', { day: format.date(month.prices_as_of) })}
      </Text>
    </Fact>
  );
}

/** The server's code where it has no key to ask X with. */
const NOT_CONFIGURED = 'NOT_CONFIGURED';

function NoUsage({ error }: { error: NonNullable<UsageView['error']> }) {
  const texts = useTexts();
  const isOurs = error.code === NOT_CONFIGURED;
  const { says, details } = problemInWords(texts, error);
  return (
    <>
      <Text size="small" className="text-ui-fg-error">
        {texts.t('costs.noUsage')} {isOurs ? texts.t('costs.notConfigured') : says}
      </Text>
      {!isOurs && <Details>{details}</Details>}
    </>
  );
}

function Usage({ usage }: { usage: UsageView }) {
  const { t, format } = useTexts();
  const { error, posts_read: read, cap, credits_usd: credits, credits_unavailable: reason, asked_at: at } = usage;
  return (
    <Fact term={t('costs.usage')}>
      {error ? (
        <NoUsage error={error} />
      ) : (
        <>
          <Text size="small">{t('costs.read', { read: figureOf(format, read), cap: figureOf(format, cap) })}</Text>
          <Text size="small" className="text-ui-fg-subtle">
            {credits === null ? t('costs.noCredits') : t('costs.credits', { credits: format.usd(credits) })}{' '}
            {t('costs.asked', { time: format.dateTime(at) })}
          </Text>
          <Details>{credits === null && reason}</Details>
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
