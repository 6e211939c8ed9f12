import { createWorkflow, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import { publishStep } from './steps/publish';
import { updatePostStep } from './steps/update-post';

/** Goes on with a post whose publishing process has died, from its last checkpoint. */
export const resumePublishWorkflow = createWorkflow('twitter-resume-publish-post', (input: { post_id: string }) => {
  const published = publishStep(input);
  return new WorkflowResponse(updatePostStep(published));
});
