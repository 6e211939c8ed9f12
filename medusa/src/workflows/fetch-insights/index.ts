import { createWorkflow, transform, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import { fetchMetricsStep } from './steps/fetch-metrics';
import { loadPostStep } from './steps/load-post';
import { updateInsightsStep } from './steps/update-insights';

/** Reads the metrics of posts and keeps them. Posts that are not out are left out. */
export const fetchTwitterInsightsWorkflow = createWorkflow(
  'twitter-fetch-insights',
  (input: { post_ids: string[] }) => {
    const posts = loadPostStep(transform(input, ({ post_ids }) => post_ids));
    return new WorkflowResponse(updateInsightsStep(fetchMetricsStep(posts)));
  },
);
