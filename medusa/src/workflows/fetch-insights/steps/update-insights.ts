import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import { pointOf, snapshotOf } from '../../../insights/metrics';
import { DEFAULT_INSIGHTS, nextReading } from '../../../modules/twitter/insights-schedule';
import { twitterOf } from '../../../twitter/service';
import type { InsightsPoint } from '../../../types/http';
import type { Reading } from './fetch-metrics';

/** What became of the readings. */
export interface InsightsUpdate {
  synced: { id: string; insights: InsightsPoint }[];
  failed: { id: string; code: string; message: string; retry_at: string | null }[];
}

/** Adds a row for each reading, shows the newest on its post, and says when it is read next. */
export const updateInsightsStep = createStep('twitter-update-insights', async (readings: Reading[], { container }) => {
  const twitter = twitterOf(container);
  const { insights: schedule = DEFAULT_INSIGHTS } = twitter.options;
  const now = new Date();
  const update: InsightsUpdate = { synced: [], failed: [] };
  for (const reading of readings) {
    const next = nextReading(schedule, new Date(reading.posted_at), now);
    if (reading.failure !== undefined) {
      update.failed.push({ id: reading.id, ...reading.failure });
      const { code, retry_at } = reading.failure;
      const due = code === 'NOT_FOUND' ? null : retry_at === null ? next : new Date(retry_at);
      await twitter.updateTwitterPosts({ id: reading.id, insights_due_at: due });
      continue;
    }
    const row = { ...snapshotOf(reading.insights), taken_at: now };
    await twitter.createTwitterMetricsSnapshots({ ...row, tweet_id: reading.tweet_ids[0], post_id: reading.id });
    await twitter.updateTwitterPosts({
      id: reading.id,
      insights: { ...reading.insights },
      insights_at: now,
      insights_due_at: next,
    });
    update.synced.push({ id: reading.id, insights: pointOf(row) });
  }
  return new StepResponse<InsightsUpdate>(update);
});
