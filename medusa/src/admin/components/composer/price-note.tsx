import { Text } from '@medusajs/ui';
import type { CostView } from '../../../types/http';
import { priceInWords } from '../../lib/price';

/** What X takes for the post, before it goes out. */
export function PriceNote({ cost }: { cost: CostView }) {
  return (
    <Text size="small" role="status" aria-label="Price" className="text-ui-fg-subtle px-6 pb-5">
      {priceInWords(cost)}, by X’s prices of {cost.prices_as_of}
    </Text>
  );
}
