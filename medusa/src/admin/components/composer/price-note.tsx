import { Text } from '@medusajs/ui';
import type { CostView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { priceInWords } from '../../lib/price';

/** What X takes for the post, before it goes out. */
export function PriceNote({ cost }: { cost: CostView }) {
  const texts = useTexts();
  const { t, format } = texts;
  return (
    <Text size="small" role="status" aria-label={t('costs.post')} className="text-ui-fg-subtle px-6 pb-5">
      {priceInWords(texts, cost)}. {t('costs.prices', { day: format.date(cost.prices_as_of) })}
    </Text>
  );
}
