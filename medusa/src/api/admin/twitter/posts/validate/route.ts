import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { route } from '../../../../../http/errors';
import { bodyOf } from '../../../../../http/input';
import { validatePostSchema } from '../../../../../http/schemas';
import { twitterOf } from '../../../../../twitter/service';
import { validatePost } from '../../../../../twitter/validation';

/** Checks a post as publishing will, without storing it: what the composer's counter asks. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const { caption = '', ...post } = bodyOf(validatePostSchema, request);
  response.json({ validation: await validatePost(twitterOf(request.scope), { caption, ...post }) });
});
