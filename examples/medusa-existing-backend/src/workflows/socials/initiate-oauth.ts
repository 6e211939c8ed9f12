import { createStep, createWorkflow, StepResponse, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import { oauth1AuthorizeUrl, requestOAuth1Token } from 'twitter-native';
import { SOCIAL_PROVIDER_MODULE } from '../../modules/social-provider';
import type SocialProviderService from '../../modules/social-provider/service';
import { SOCIALS_MODULE } from '../../modules/socials';
import type SocialsService from '../../modules/socials/service';
import { encryptionOf } from '../../modules/socials/utils/token-helpers';

const initiateOauthStep = createStep('initiate-oauth-step', async (input: { platform: string }, { container }) => {
  const providers: SocialProviderService = container.resolve(SOCIAL_PROVIDER_MODULE);
  const { X_REDIRECT_URI = '', X_SCOPE = '' } = process.env;
  const { authUrl, state } = providers.getProvider(input.platform).initiateUserAuth(X_REDIRECT_URI, X_SCOPE);
  return new StepResponse({ location: authUrl, state });
});

/** Begins the OAuth 2.0 grant: where to send the user. */
export const initiateOauthWorkflow = createWorkflow('initiate-oauth-workflow', (input: { platform: string }) => {
  return new WorkflowResponse(initiateOauthStep(input));
});

const initiateOauth1Step = createStep('initiate-oauth1-step', async (input: { platform_id: string }, { container }) => {
  const socials: SocialsService = container.resolve(SOCIALS_MODULE);
  const platform = await socials.retrieveSocialPlatform(input.platform_id);
  const { token, tokenSecret } = await requestOAuth1Token(process.env.X_REDIRECT_URI ?? '');
  await socials.updateSocialPlatforms({
    id: platform.id,
    api_config: {
      ...platform.api_config,
      oauth1_request: { token, token_secret: encryptionOf(container).encrypt(tokenSecret) },
    },
  });
  return new StepResponse({ location: oauth1AuthorizeUrl(token) });
});

/** Begins the OAuth 1.0a grant, for the user's own token of that kind. */
export const initiateOauth1Workflow = createWorkflow('initiate-oauth1-workflow', (input: { platform_id: string }) => {
  return new WorkflowResponse(initiateOauth1Step(input));
});
