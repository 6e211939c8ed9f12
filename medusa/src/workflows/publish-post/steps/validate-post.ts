import { MedusaError } from '@medusajs/framework/utils';
import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import { twitterOf } from '../../../twitter/service';
import { problemsOf, validatePost } from '../../../twitter/validation';
import type { LoadedPost } from './load-post';

/** Refuses what X would refuse, before anything is sent: 280 weighted characters, 4 images, mixtures of media. */
export const validatePostStep = createStep('twitter-validate-post', async (post: LoadedPost, { container }) => {
  const validation = await validatePost(twitterOf(container), post);
  if (!validation.valid) {
    const problems = problemsOf(validation);
    const message = problems.map((problem) => problem.message).join('; ');
    throw Object.assign(new MedusaError(MedusaError.Types.INVALID_DATA, message), { problems });
  }
  return new StepResponse(validation);
});
