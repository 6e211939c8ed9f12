import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import type { ClaimableStatus } from '../../../modules/twitter/sql/intents';
import { intentOf, statusOf } from '../../../publishing/intent';
import { alreadyTaken } from '../../../publishing/taken';
import { twitterOf } from '../../twitter';

/** Which post is to be published, and from which statuses. */
export interface ClaimInput {
  post_id: string;
  from: ClaimableStatus[];
  revision?: number;
  event: string;
}

/**
 * Takes the post for this publish: of two clicks, jobs or processes at once, one gets it. Its compensation leaves no
 * post at `publishing`: one that was not begun fails; one that a process has, or had, is settled by that process or by
 * the job that looks for abandoned ones.
 */
export const claimPostStep = createStep(
  'twitter-claim-post',
  async ({ post_id, ...claim }: ClaimInput, { container }) => {
    const twitter = twitterOf(container);
    const intent = await twitter.claimPost({ postId: post_id, ...claim });
    if (intent === undefined) throw alreadyTaken((await twitter.retrieveTwitterPost(post_id)).status);
    return new StepResponse({ post_id }, { post_id });
  },
  async (claimed, { container }) => {
    if (claimed === undefined) return;
    const twitter = twitterOf(container);
    const { state } = await statusOf(intentOf(twitter, claimed.post_id));
    if (state !== 'new' && state !== 'failed') return;
    const message = 'The publish workflow was reverted before anything was sent';
    await twitter.settle(
      { postId: claimed.post_id, from: ['open'] },
      { state: 'failed', status: 'failed', event: 'failed', detail: message, error: { code: 'REVERTED', message } },
    );
  },
);
