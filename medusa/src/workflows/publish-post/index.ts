import { createWorkflow, transform, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import type { ClaimableStatus } from '../../modules/twitter/sql/intents';
import { claimPostStep } from './steps/claim-post';
import { loadPostStep } from './steps/load-post';
import { publishStep } from './steps/publish';
import { resolveTokensStep } from './steps/resolve-tokens';
import { updatePostStep } from './steps/update-post';
import { validatePostStep } from './steps/validate-post';

/** What to publish. */
export interface PublishPostInput {
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
 * Publishes a post once, however often this runs: load, validate, resolve tokens, claim, upload and publish, update.
 * It returns when the post is claimed; what follows runs in the background. A rate limit puts the post back to
 * `scheduled` at the time that X gave.
 */
export const publishPostWorkflow = createWorkflow('twitter-publish-post', (input: PublishPostInput) => {
  const post = loadPostStep(transform(input, ({ post_id }) => post_id));
  validatePostStep(post);
  resolveTokensStep(post);
  const claimed = claimPostStep(
    transform(input, ({ post_id, from = PUBLISHABLE, event = 'publish_requested', ...rest }) => ({
      ...{ post_id, from, event },
      ...rest,
    })),
  );
  const published = publishStep(claimed);
  return new WorkflowResponse(updatePostStep(published));
});
