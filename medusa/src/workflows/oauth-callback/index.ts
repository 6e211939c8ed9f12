import { createStep, createWorkflow, StepResponse, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import { type CallbackParameters, connectAccount } from '../../accounts/connect';
import { socialsOf } from '../socials';

/** Exchanges what came back from X and stores it, in one step: tokens never pass from step to step. */
export const connectAccountStep = createStep(
  'connect-social-account',
  async (parameters: CallbackParameters, { container }) => {
    return new StepResponse({ platform_id: await connectAccount(socialsOf(container), parameters) });
  },
);

/** Connects the account whose owner X sent back: OAuth 2.0's code, or OAuth 1.0a's verifier. */
export const oauthCallbackWorkflow = createWorkflow('oauth-callback', (input: CallbackParameters) => {
  return new WorkflowResponse(connectAccountStep(input));
});
