import { createStep, createWorkflow, StepResponse, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import { notConnected, noteRefusal, tokenManagerOf } from '../../twitter/credentials';
import { twitterOf } from '../../twitter/service';

/** Refreshes an account's access token if it expires soon: one request, whatever the number of processes that ask. */
export const refreshTokenStep = createStep(
  'twitter-refresh-token',
  async ({ account_id }: { account_id: string }, { container }) => {
    const twitter = twitterOf(container);
    const before = await twitter.openCredentials(account_id);
    if (before?.config.access_token === undefined) throw notConnected();
    try {
      await tokenManagerOf(twitter, account_id, before.config.access_token).getAccessToken();
    } catch (error) {
      await noteRefusal(twitter, account_id, error);
      throw error;
    }
    const after = await twitter.openCredentials(account_id);
    return new StepResponse({
      account_id,
      refreshed: after?.config.access_token !== before.config.access_token,
      expires_at: after?.config.expires_at ?? null,
    });
  },
);

/** Keeps an account's access token good. Its result says whether it was refreshed, and never what it is. */
export const refreshTokenWorkflow = createWorkflow('twitter-refresh-token', (input: { account_id: string }) => {
  return new WorkflowResponse(refreshTokenStep(input));
});
