import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { publishSocialPostWorkflow } from '../../../../../workflows/socials/publish-post';

export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { result } = await publishSocialPostWorkflow(req.scope).run({ input: { post_id: req.params.id as string } });
  res.json({ success: true, post: result.post, result: result.result });
}
