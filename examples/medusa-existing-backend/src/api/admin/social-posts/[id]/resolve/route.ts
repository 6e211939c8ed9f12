import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { type DoubtDecision, resolveDoubt } from 'twitter-native/medusa';
import { publishSocialPostWorkflow } from '../../../../../workflows/socials/publish-post';
import { INTENT } from '../../../../../workflows/socials/publishing';

/**
 * Takes what staff have seen on X about a post in doubt, `check`, `retry`, `abandon` or the post's `{ tweetId }`, and goes
 * on from there.
 */
export async function POST(req: AuthenticatedMedusaRequest<{ decision: DoubtDecision }>, res: MedusaResponse) {
  const row = { ...INTENT, id: req.params.id as string };
  const { state } = await resolveDoubt(req.scope, row, req.body.decision);
  if (state !== 'failed') await publishSocialPostWorkflow(req.scope).run({ input: { post_id: row.id } });
  res.json({ state: state === 'failed' ? 'abandoned' : 'posted' });
}
