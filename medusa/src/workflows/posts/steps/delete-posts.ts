import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import { alreadyTaken } from '../../../publishing/taken';
import { twitterOf } from '../../../twitter/service';

/** Deletes posts here that are not on their way and not in doubt: all, or none. Its compensation brings them back. */
export const deletePostsStep = createStep(
  'twitter-delete-posts',
  async (ids: string[], { container }) => {
    const twitter = twitterOf(container);
    for (const id of ids) await twitter.retrieveTwitterPost(id, { select: ['id'] });
    const taken = await twitter.deleteSettledPosts(ids);
    if (taken !== undefined) throw alreadyTaken((await twitter.retrieveTwitterPost(taken)).status);
    return new StepResponse(ids, ids);
  },
  async (ids, { container }) => {
    if (ids !== undefined) await twitterOf(container).restoreTwitterPosts(ids);
  },
);
