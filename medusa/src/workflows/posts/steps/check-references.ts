import { MedusaError } from '@medusajs/framework/utils';
import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import { requireProducts } from '../../../products/post-products';
import { accountIsGone } from '../../../twitter/credentials';
import { twitterOf } from '../../../twitter/service';

/** What posts refer to. */
export interface References {
  account_id?: string;
  product_id?: string | null;
}

/** Makes sure that the accounts and products exist which posts are to have. */
export const checkReferencesStep = createStep(
  'twitter-check-post-references',
  async (posts: References[], { container }) => {
    const accounts = [...new Set(posts.flatMap(({ account_id }) => account_id ?? []))];
    const known = await twitterOf(container).listTwitterAccounts({ id: accounts }, { select: ['id'], take: null });
    const missing = accounts.find((id) => known.every((account) => account.id !== id));
    if (missing !== undefined) {
      throw new MedusaError(MedusaError.Types.NOT_FOUND, `account_id: ${accountIsGone(missing).message}`);
    }
    await requireProducts(container, [...new Set(posts.flatMap(({ product_id }) => product_id ?? []))]);
    return new StepResponse(undefined);
  },
);
