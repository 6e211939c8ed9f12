import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import type { ClaimableStatus } from '../../../modules/twitter/sql/intents';
import { releaseClaim } from '../../../publishing/release';
import { alreadyTaken } from '../../../publishing/taken';
import { twitterOf } from '../../../twitter/service';

/** Which post is to be published, and from which statuses. */
export interface ClaimInput {
  post_id: string;
  from: ClaimableStatus[];
  revision?: number;
  event: string;
}

/**
 * Takes the post for this publish: of two clicks, jobs or processes at once, one gets it. Its compensation leaves no
 * post at `publishing`.
 */
export const claimPostStep = createStep(
  'twitter-claim-post',
  async ({ post_id, ...claim }: ClaimInput, { container }) => {
    const twitter = twitterOf(container);
    const revision = await twitter.claimPost({ postId: post_id, ...claim });
    if (revision === undefined) throw alreadyTaken((await twitter.retrieveTwitterPost(post_id)).status);
    return new StepResponse({ post_id }, { post_id, revision });
  },
  async (claimed, { container }) => {
    if (claimed !== undefined) await releaseClaim(container, claimed);
  },
);
