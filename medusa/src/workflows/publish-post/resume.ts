import { createWorkflow } from '@medusajs/framework/workflows-sdk';
import { publishStep, takeUpPostStep } from './steps/publish';

/**
 * Publishes a claimed post, or resumes one whose publishing process has died. It runs in the background: `run` returns at
 * once. What becomes of the post is in its row, and reported by the events.
 */
export const resumePublishWorkflow = createWorkflow('twitter-resume-publish-post', (input: { post_id: string }) => {
  publishStep(takeUpPostStep(input));
});
