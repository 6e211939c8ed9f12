import { createWorkflow, transform, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import { fetchMetricsStep } from './steps/fetch-metrics';
import { loadPostStep } from './steps/load-post';
import { updateInsightsStep } from './steps/update-insights';

/** Which posts' metrics are to be read. */
export interface FetchInsightsInput {
  post_ids: string[];
  /**
   * Reads the posts of the account that owns the app on its timeline, which costs a fifth and shows no more than everybody
   * sees.
   * @default false
   */
  cheap?: boolean;
}

/** Reads the metrics of posts and keeps them. Posts that are not out, or not any more, are left out. */
export const fetchTwitterInsightsWorkflow = createWorkflow('twitter-fetch-insights', (input: FetchInsightsInput) => {
  const posts = loadPostStep(transform(input, ({ post_ids }) => post_ids));
  const readings = fetchMetricsStep(
    transform({ input, posts }, ({ input: { cheap = false }, posts }) => ({ posts, cheap })),
  );
  return new WorkflowResponse(updateInsightsStep(readings));
});
