import type { MedusaContainer } from '@medusajs/framework/types';
import { MedusaError } from '@medusajs/framework/utils';
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import type { OAuth1Credentials } from 'twitter-native';
import { publishOnce } from 'twitter-native/medusa';
import { SOCIALS_MODULE } from '../../modules/socials';
import type SocialsService from '../../modules/socials/service';
import type { PublishResult, SocialPostRow } from '../../types/socials';
import { INTENT, PUBLISHING } from './publishing';
import { resolveTokens, tokensOf } from './resolve-tokens';
import { checkTweet, tweetContentOf } from './tweet-content';

/** A post with its platform, if it is one for X. */
export async function loadPost(container: MedusaContainer, id: string): Promise<SocialPostRow> {
  const socials: SocialsService = container.resolve(SOCIALS_MODULE);
  const [post] = await socials.listSocialPosts({ id }, { relations: ['platform'] });
  if (!post) throw new MedusaError(MedusaError.Types.NOT_FOUND, `SocialPost ${id} not found`);
  const row = post as unknown as SocialPostRow;
  if (['twitter', 'x'].includes(row.platform.name.toLowerCase())) return row;
  throw new MedusaError(MedusaError.Types.INVALID_DATA, `${row.platform.name} is not a platform of this workflow`);
}

const loadPostStep = createStep('load-social-post', async (input: { post_id: string }, { container }) => {
  const post = await loadPost(container, input.post_id);
  checkTweet(post);
  return new StepResponse(post);
});

const resolveTokensStep = createStep(
  'resolve-provider-tokens',
  async ({ post }: { post: SocialPostRow }, { container }) =>
    new StepResponse(await resolveTokens(container, post.platform)),
);

type Tokens = { accessToken: string; oauth1Credentials?: OAuth1Credentials };

const publishStep = createStep(
  'publish-post',
  async ({ post, tokens }: { post: SocialPostRow; tokens: Tokens }, { container }) => {
    try {
      const credentials = { token: tokensOf(container, post.platform_id), oauth1: tokens.oauth1Credentials };
      const row = { ...INTENT, id: post.id };
      const response = await publishOnce(container, row, tweetContentOf(post), credentials, PUBLISHING);
      const { tweetId, tweetUrl } = response;
      return new StepResponse<PublishResult>({ kind: 'tweet', tweetId, tweetUrl, response });
    } catch (error) {
      if ((error as { code?: string }).code === 'IN_PROGRESS') throw error;
      const socials: SocialsService = container.resolve(SOCIALS_MODULE);
      await socials.updateSocialPosts({
        selector: { id: post.id, status: { $ne: 'posted' } },
        data: { status: 'failed', error_message: (error as Error).message },
      });
      throw error;
    }
  },
);

const updatePostStep = createStep(
  'update-social-post-after-publish',
  async ({ post, result }: { post: SocialPostRow; result: PublishResult }, { container }) => {
    const socials: SocialsService = container.resolve(SOCIALS_MODULE);
    const updated = await socials.updateSocialPosts({
      id: post.id,
      status: 'posted',
      posted_at: post.posted_at ?? new Date(),
      post_url: result.tweetUrl,
      error_message: null,
      insights: { ...post.insights, twitter_tweet_id: result.tweetId, publish_results: [result] },
    });
    return new StepResponse(updated);
  },
);

/** Publishes a post of the shop to X, and keeps what came of it. */
export const publishSocialPostWorkflow = createWorkflow(
  'publish-social-post-workflow',
  (input: { post_id: string }) => {
    const post = loadPostStep(input);
    const tokens = resolveTokensStep({ post });
    const result = publishStep({ post, tokens });
    const updated = updatePostStep({ post, result });
    return new WorkflowResponse({ post: updated, result });
  },
);
