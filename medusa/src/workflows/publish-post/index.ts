import { createWorkflow, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import { beginPublishWorkflow, type PublishPostInput } from './begin';
import { awaitOutcomeStep } from './steps/await-outcome';

export type { PublishPostInput } from './begin';

/**
 * Publishes a post once, however often this runs, and waits for the outcome, which may take minutes where there is a
 * video. Its result is the post that is out, or when it is tried again. A post that failed, or whose outcome is unknown,
 * is an error with X's `code`, `post_id` and `status`.
 *
 * Nothing takes a post back from X: if a later step of a caller's workflow fails, the post stays.
 */
export const publishPostWorkflow = createWorkflow('twitter-publish-post', (input: PublishPostInput) => {
  return new WorkflowResponse(awaitOutcomeStep(beginPublishWorkflow.runAsStep({ input })));
});
