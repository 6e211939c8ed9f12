import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { route } from '../../../../../http/errors';
import { bodyOf } from '../../../../../http/input';
import { validatePostSchema } from '../../../../../http/schemas';
import { validatePost } from '../../../../../twitter/validation';
import { twitterOf } from '../../../../../workflows/twitter';

/** Checks a post as publishing will, without storing it: what the composer's counter asks. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const { caption = '', ...post } = bodyOf(validatePostSchema, request);
  const { maxWeightedLength, prices } = twitterOf(request.scope).options;
  response.json({ validation: validatePost({ caption, ...post }, maxWeightedLength, prices) });
});
