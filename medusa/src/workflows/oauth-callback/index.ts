import { createStep, createWorkflow, StepResponse, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import { type CallbackParameters, connectAccount } from '../../accounts/connect';
import { twitterOf } from '../../twitter/service';

/** Exchanges what came back from X and stores it, in one step: tokens never pass from step to step. */
export const connectAccountStep = createStep(
  'twitter-connect-account',
  async (parameters: CallbackParameters, { container }) => {
    return new StepResponse({ account_id: await connectAccount(twitterOf(container), parameters) });
  },
);

/** Connects the account whose owner X sent back: OAuth 2.0's code, or OAuth 1.0a's verifier. */
export const oauthCallbackWorkflow = createWorkflow('twitter-oauth-callback', (input: CallbackParameters) => {
  return new WorkflowResponse(connectAccountStep(input));
});
