import { MedusaError } from '@medusajs/framework/utils';
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import { exchangeOAuth1Verifier } from 'twitter-native';
import { SOCIAL_PROVIDER_MODULE } from '../../modules/social-provider';
import type SocialProviderService from '../../modules/social-provider/service';
import { SOCIALS_MODULE } from '../../modules/socials';
import type SocialsService from '../../modules/socials/service';
import { encryptionOf } from '../../modules/socials/utils/token-helpers';
import type { ApiConfig } from '../../types/socials';

const storeOAuth2Step = createStep(
  'encrypt-and-store-platform-tokens-step',
  async (input: { platform: string; platform_id: string; code: string; state: string }, { container }) => {
    const providers: SocialProviderService = container.resolve(SOCIAL_PROVIDER_MODULE);
    const socials: SocialsService = container.resolve(SOCIALS_MODULE);
    const twitter = providers.getProvider(input.platform);
    const { api_config } = await socials.retrieveSocialPlatform(input.platform_id);
    const tokens = await twitter.exchangeCodeForToken(input.code, process.env.X_REDIRECT_URI ?? '', input.state);
    const { id, username, name } = await twitter.getUserProfile(tokens.access_token);
    const encryption = encryptionOf(container);
    const stored: ApiConfig = {
      ...(api_config as ApiConfig | null),
      provider: input.platform,
      access_token_encrypted: encryption.encrypt(tokens.access_token),
      refresh_token_encrypted: tokens.refresh_token ? encryption.encrypt(tokens.refresh_token) : null,
      token_type: tokens.token_type,
      scope: tokens.scope,
      expires_in: tokens.expires_in,
      retrieved_at: new Date(tokens.retrieved_at).toISOString(),
      metadata: { user_profile: { id, username, name } },
    };
    const platform = await socials.updateSocialPlatforms({
      id: input.platform_id,
      api_config: stored as Record<string, unknown>,
    });
    return new StepResponse(platform);
  },
);

/** Takes the user back from the OAuth 2.0 grant, and stores the tokens. */
export const oauthCallbackWorkflow = createWorkflow(
  'oauth-callback-workflow',
  (input: { platform: string; platform_id: string; code: string; state: string }) => {
    return new WorkflowResponse(storeOAuth2Step(input));
  },
);

const storeOAuth1Step = createStep(
  'encrypt-and-store-oauth1-credentials-step',
  async (input: { platform_id: string; oauth_token: string; oauth_verifier: string }, { container }) => {
    const socials: SocialsService = container.resolve(SOCIALS_MODULE);
    const encryption = encryptionOf(container);
    const config = ((await socials.retrieveSocialPlatform(input.platform_id)).api_config ?? {}) as ApiConfig;
    const begun = config.oauth1_request;
    if (begun?.token !== input.oauth_token) {
      throw new MedusaError(MedusaError.Types.INVALID_DATA, 'This grant was not begun here: begin it again');
    }
    const user = await exchangeOAuth1Verifier(
      begun.token,
      encryption.decrypt(begun.token_secret),
      input.oauth_verifier,
    );
    const stored: ApiConfig = {
      ...config,
      oauth1_request: null,
      oauth1_credentials_encrypted: {
        access_token: encryption.encrypt(user.accessToken),
        access_token_secret: encryption.encrypt(user.accessTokenSecret),
      },
    };
    const platform = await socials.updateSocialPlatforms({
      id: input.platform_id,
      api_config: stored as Record<string, unknown>,
    });
    return new StepResponse(platform);
  },
);

/** Takes the user back from the OAuth 1.0a grant, and stores the user's own token: not the app's key. */
export const oauth1CallbackWorkflow = createWorkflow(
  'oauth1-callback-workflow',
  (input: { platform_id: string; oauth_token: string; oauth_verifier: string }) => {
    return new WorkflowResponse(storeOAuth1Step(input));
  },
);
