import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { z } from '@medusajs/framework/zod';
import { oauth1CallbackWorkflow, oauthCallbackWorkflow } from '../../../../../workflows/socials/oauth-callback';
import { parsed } from '../../../../parsed';

const OAuth2 = z.object({ id: z.string().min(1), code: z.string().min(1), state: z.string().min(1) });
const OAuth1 = z.object({ id: z.string().min(1), oauth_token: z.string().min(1), oauth_verifier: z.string().min(1) });

/** What X's page sends back, of either kind of grant, for the platform with this `id`. */
export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const isOAuth1 = 'oauth_token' in ((req.body ?? {}) as object);
  if (isOAuth1) {
    const { id: platform_id, ...grant } = parsed(OAuth1, req.body);
    await oauth1CallbackWorkflow(req.scope).run({ input: { platform_id, ...grant } });
  } else {
    const { id: platform_id, ...grant } = parsed(OAuth2, req.body);
    const platform = req.params.platform as string;
    await oauthCallbackWorkflow(req.scope).run({ input: { platform, platform_id, ...grant } });
  }
  res.json({ success: true, platform: { id: (req.body as { id: string }).id } });
}
