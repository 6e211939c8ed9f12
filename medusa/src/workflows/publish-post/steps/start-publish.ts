import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import { resumePublishWorkflow } from '../resume';

/** Hands the claimed post to the workflow that publishes it in the background. */
export const startPublishStep = createStep(
  'twitter-start-publish',
  async ({ post_id }: { post_id: string }, { container }) => {
    await resumePublishWorkflow(container).run({ input: { post_id } });
    return new StepResponse({ post_id });
  },
);
