// A shop's own publish step, as it was written for the TypeScript class: nothing but this import was changed.
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import { TwitterService } from 'twitter-native';

export interface ConsumerInput {
  text: string;
  imageUrls?: string[];
  videoUrl?: string;
  accessToken: string;
  oauth1Credentials?: { apiKey: string; apiSecret: string; accessToken: string; accessTokenSecret: string };
}

const publishStep = createStep('consumer-publish', async (input: ConsumerInput) => {
  const twitter = new TwitterService();
  const { text, imageUrls, videoUrl, accessToken, oauth1Credentials } = input;
  const response = await twitter.publishTweetWithMedia({ text, imageUrls, videoUrl }, accessToken, oauth1Credentials);
  return new StepResponse({ kind: 'tweet', tweetId: response.tweetId, tweetUrl: response.tweetUrl, response });
});

export const consumerWorkflow = createWorkflow('consumer-publish-post', (input: ConsumerInput) => {
  return new WorkflowResponse(publishStep(input));
});
