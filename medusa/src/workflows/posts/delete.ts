import { createHook, createWorkflow, transform, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import { emitEventStep } from '@medusajs/medusa/core-flows';
import { TWITTER_POST_DELETED } from '../../publishing/announce';
import type { AdditionalData } from '../../types/additional-data';
import { deletePostsStep } from './steps/delete-posts';
import { setProductsStep } from './steps/set-products';

/** Posts to delete, and what the hooks get beside them. */
export interface DeleteTwitterPostsInput extends AdditionalData {
  ids: string[];
}

/**
 * Deletes posts in the shop, unless one of them is on its way or in doubt; what is on X stays there.
 *
 * Hooks: `validate` before anything is written, with `{ ids, additional_data }`. `postsDeleted` after it, with the same;
 * if it throws, the posts are brought back.
 */
export const deleteTwitterPostsWorkflow = createWorkflow('twitter-delete-posts', (input: DeleteTwitterPostsInput) => {
  const validate = createHook('validate', { ids: input.ids, additional_data: input.additional_data });
  const ids = deletePostsStep(transform(input, ({ ids }) => ids));
  setProductsStep(transform(ids, (all) => all.map((post_id) => ({ post_id, product_id: null }))));
  const data = transform(ids, (all) => all.map((id) => ({ id, deleted_on: 'shop' })));
  emitEventStep({ eventName: TWITTER_POST_DELETED, data });
  const postsDeleted = createHook('postsDeleted', { ids, additional_data: input.additional_data });
  return new WorkflowResponse(ids, { hooks: [validate, postsDeleted] });
});
