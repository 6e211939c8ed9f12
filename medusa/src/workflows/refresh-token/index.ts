import { createStep, createWorkflow, StepResponse, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import { notConnected, noteRefusal, tokenManagerOf } from '../../twitter/credentials';
import { socialsOf } from '../socials';

/** Refreshes an account's access token if it expires soon: one request, whatever the number of processes that ask. */
export const refreshTokenStep = createStep(
  'refresh-social-token',
  async ({ platform_id }: { platform_id: string }, { container }) => {
    const socials = socialsOf(container);
    const before = await socials.openCredentials(platform_id);
    if (before?.config.access_token === undefined) throw notConnected();
    try {
      await tokenManagerOf(socials, platform_id, before.config.access_token).getAccessToken();
    } catch (error) {
      await noteRefusal(socials, platform_id, error);
      throw error;
    }
    const after = await socials.openCredentials(platform_id);
    return new StepResponse({
      platform_id,
      refreshed: after?.config.access_token !== before.config.access_token,
      expires_at: after?.config.expires_at ?? null,
    });
  },
);

/** Keeps an account's access token good. Its result says whether it was refreshed, and never what it is. */
export const refreshTokenWorkflow = createWorkflow('refresh-token', (input: { platform_id: string }) => {
  return new WorkflowResponse(refreshTokenStep(input));
});
