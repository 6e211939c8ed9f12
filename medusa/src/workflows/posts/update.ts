import { createHook, createWorkflow, transform, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import type { AdditionalData } from '../../types/additional-data';
import { checkReferencesStep } from './steps/check-references';
import { setProductsStep } from './steps/set-products';
import { showPostsStep } from './steps/show-posts';
import { type TwitterPostChange, updatePostsStep } from './steps/update-posts';

/** Changes of posts, and what the hooks get beside them. */
export interface UpdateTwitterPostsInput extends AdditionalData {
  posts: TwitterPostChange[];
}

/**
 * Changes posts that are not on their way, not out and not in doubt: all of them, or none.
 *
 * Hooks: `validate` before anything is written, with `{ posts, additional_data }`; what it throws refuses the changes.
 * `postsUpdated` after it, with the posts as the routes show them; if it throws, they are changed back.
 */
export const updateTwitterPostsWorkflow = createWorkflow('twitter-update-posts', (input: UpdateTwitterPostsInput) => {
  checkReferencesStep(transform(input, ({ posts }) => posts));
  const validate = createHook('validate', { posts: input.posts, additional_data: input.additional_data });
  const ids = updatePostsStep(transform(input, ({ posts }) => posts));
  setProductsStep(
    transform(input, ({ posts }) =>
      posts.flatMap(({ id: post_id, product_id }) => (product_id === undefined ? [] : [{ post_id, product_id }])),
    ),
  );
  const posts = showPostsStep(ids);
  const postsUpdated = createHook('postsUpdated', { posts, additional_data: input.additional_data });
  return new WorkflowResponse(posts, { hooks: [validate, postsUpdated] });
});
