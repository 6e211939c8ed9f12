import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { z } from '@medusajs/framework/zod';
import { SOCIAL_PROVIDER_MODULE } from '../../../../modules/social-provider';
import type SocialProviderService from '../../../../modules/social-provider/service';
import { initiateOauth1Workflow, initiateOauthWorkflow } from '../../../../workflows/socials/initiate-oauth';
import { parsed } from '../../../parsed';

const Query = z.discriminatedUnion('flow', [
  z.object({ flow: z.literal('oauth-user') }),
  z.object({ flow: z.literal('oauth1-user'), platform_id: z.string().min(1) }),
  z.object({ flow: z.literal('app-only') }),
]);

/** Where to send the user; for `flow=app-only` the app's own token, which may read. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const platform = req.params.platform as string;
  const query = parsed(Query, { flow: 'oauth-user', ...req.query });
  if (query.flow === 'app-only') {
    const providers: SocialProviderService = req.scope.resolve(SOCIAL_PROVIDER_MODULE);
    const { token, expiresAt } = await providers.getProvider(platform).getAppBearerToken();
    res.json({ token, expiresAt });
  } else if (query.flow === 'oauth1-user') {
    const { result } = await initiateOauth1Workflow(req.scope).run({ input: { platform_id: query.platform_id } });
    res.json(result);
  } else {
    const { result } = await initiateOauthWorkflow(req.scope).run({ input: { platform } });
    res.json(result);
  }
}
