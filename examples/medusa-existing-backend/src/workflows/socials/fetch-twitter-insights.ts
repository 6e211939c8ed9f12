import { MedusaError } from '@medusajs/framework/utils';
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import { getTweetMetrics } from 'twitter-native';
import { SOCIALS_MODULE } from '../../modules/socials';
import type SocialsService from '../../modules/socials/service';
import type { PostInsights, SocialPostRow } from '../../types/socials';
import { resolveTokens } from './resolve-tokens';

const fetchTweetMetricsStep = createStep('fetch-tweet-metrics', async (input: { post_id: string }, { container }) => {
  const socials: SocialsService = container.resolve(SOCIALS_MODULE);
  const [found] = await socials.listSocialPosts({ id: input.post_id }, { relations: ['platform'] });
  if (!found) throw new MedusaError(MedusaError.Types.NOT_FOUND, `SocialPost ${input.post_id} not found`);
  const post = found as unknown as SocialPostRow;
  const tweetId = post.insights?.twitter_tweet_id;
  if (!tweetId) {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, 'The post must be published before its insights are read');
  }
  const { accessToken } = await resolveTokens(container, post.platform);
  const { impressions, likes, retweets, replies, quotes } = await getTweetMetrics(tweetId, accessToken);
  return new StepResponse({
    id: post.id,
    insights: { ...post.insights, impressions, likes, retweets, replies, quotes },
  });
});

const updateInsightsStep = createStep(
  'update-social-post-insights',
  async (input: { id: string; insights: PostInsights }, { container }) => {
    const socials: SocialsService = container.resolve(SOCIALS_MODULE);
    const insights = { ...input.insights, last_synced_at: new Date().toISOString() };
    await socials.updateSocialPosts({ id: input.id, insights });
    return new StepResponse(insights);
  },
);

/** Reads how often a post was seen, liked and answered, and keeps it. */
export const fetchTwitterInsightsWorkflow = createWorkflow('fetch-twitter-insights', (input: { post_id: string }) => {
  return new WorkflowResponse(updateInsightsStep(fetchTweetMetricsStep(input)));
});
