import type { MedusaContainer } from '@medusajs/framework/types';
import { twitterOf } from '../twitter/service';
import { fetchTwitterInsightsWorkflow } from '../workflows/fetch-insights';

/** Most posts that one run reads: ten requests of 100 for an account. */
const BATCH = 1000;

/** Reads the metrics of recent posts whose time has come, by the schedule that the shop chose. */
export default async function syncDueInsights(container: MedusaContainer): Promise<void> {
  const twitter = twitterOf(container);
  // Posts of before may still have a time.
  if (twitter.options.insights === 'off') return;
  const post_ids = await twitter.listPostsWithDueInsights(BATCH);
  if (post_ids.length > 0) await fetchTwitterInsightsWorkflow(container).run({ input: { post_ids, cheap: true } });
}

export const config = { name: 'twitter-sync-due-insights', schedule: '*/5 * * * *' };
