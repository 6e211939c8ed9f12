import { createHook, createWorkflow, transform, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import type { ClaimableStatus } from '../../modules/twitter/sql/intents';
import type { AdditionalData } from '../../types/additional-data';
import { claimPostStep } from './steps/claim-post';
import { loadPostStep } from './steps/load-post';
import { resolveTokensStep } from './steps/resolve-tokens';
import { startPublishStep } from './steps/start-publish';
import { validatePostStep } from './steps/validate-post';

/** What to publish. */
export interface PublishPostInput extends AdditionalData {
  post_id: string;
  /**
   * Statuses that the post may have now.
   * @default ['draft', 'scheduled', 'failed']
   */
  from?: ClaimableStatus[];
  /** The post as the caller saw it; a later one is refused. */
  revision?: number;
  /** What the post's history says of this. */
  event?: string;
}

const PUBLISHABLE: ClaimableStatus[] = ['draft', 'scheduled', 'failed'];

/**
 * Begins to publish a post, and returns when that is on its way: load, validate, resolve tokens, claim. The rest runs in
 * the background. Of several runs at once one begins, and the others are refused with a conflict.
 *
 * The hook `validate` gets `{ post, additional_data }` before the post is claimed; what it throws keeps the post from
 * being published. It holds for `publishPostWorkflow`, the routes and the jobs too.
 */
export const beginPublishWorkflow = createWorkflow('twitter-begin-publish-post', (input: PublishPostInput) => {
  const post = loadPostStep(transform(input, ({ post_id }) => post_id));
  validatePostStep(post);
  resolveTokensStep(post);
  const validate = createHook('validate', { post, additional_data: input.additional_data });
  const claimed = claimPostStep(
    transform(input, ({ post_id, from = PUBLISHABLE, event = 'publish_requested', revision }) => ({
      ...{ post_id, from, event, revision },
    })),
  );
  return new WorkflowResponse(startPublishStep(claimed), { hooks: [validate] });
});
