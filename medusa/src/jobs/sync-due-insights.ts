import type { MedusaContainer } from '@medusajs/framework/types';
import { fetchTwitterInsightsWorkflow } from '../workflows/fetch-insights';
import { twitterOf } from '../workflows/twitter';

/** Most posts that one run reads: ten requests of 100 for an account. */
const BATCH = 1000;

/** Reads the metrics of recent posts: every ten minutes in the first hour, hourly on the first day, then less often. */
export default async function syncDueInsights(container: MedusaContainer): Promise<void> {
  const post_ids = await twitterOf(container).listPostsWithDueInsights(BATCH);
  if (post_ids.length > 0) await fetchTwitterInsightsWorkflow(container).run({ input: { post_ids } });
}

export const config = { name: 'twitter-sync-due-insights', schedule: '*/5 * * * *' };
