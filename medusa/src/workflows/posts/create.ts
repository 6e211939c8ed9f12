import { createHook, createWorkflow, transform, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import type { AdditionalData } from '../../types/additional-data';
import type { TwitterPostInput } from '../../types/http';
import { checkReferencesStep } from './steps/check-references';
import { createPostsStep } from './steps/create-posts';
import { setProductsStep } from './steps/set-products';
import { showPostsStep } from './steps/show-posts';

/** Posts to create, and what the hooks get beside them. */
export interface CreateTwitterPostsInput extends AdditionalData {
  posts: TwitterPostInput[];
}

/**
 * Creates posts: drafts, or with a time scheduled ones. All or none of them exist afterwards.
 *
 * Hooks: `validate` before anything is written, with `{ posts, additional_data }`; what it throws refuses the posts.
 * `postsCreated` after it, with the posts as the routes show them; if it throws, they are taken away again.
 */
export const createTwitterPostsWorkflow = createWorkflow('twitter-create-posts', (input: CreateTwitterPostsInput) => {
  checkReferencesStep(transform(input, ({ posts }) => posts));
  const validate = createHook('validate', { posts: input.posts, additional_data: input.additional_data });
  const ids = createPostsStep(transform(input, ({ posts }) => posts));
  setProductsStep(
    transform({ input, ids }, ({ input: { posts }, ids }) =>
      ids.flatMap((post_id, index) => {
        const product_id = posts[index]?.product_id;
        return product_id ? [{ post_id, product_id }] : [];
      }),
    ),
  );
  const posts = showPostsStep(ids);
  const postsCreated = createHook('postsCreated', { posts, additional_data: input.additional_data });
  return new WorkflowResponse(posts, { hooks: [validate, postsCreated] });
});
