import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { fetchTwitterInsightsWorkflow } from '../../../../../workflows/socials/fetch-twitter-insights';

export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { result } = await fetchTwitterInsightsWorkflow(req.scope).run({ input: { post_id: req.params.id as string } });
  res.json({ message: 'Insights synced successfully', insights: result });
}
