import type { MedusaContainer } from '@medusajs/framework/types';
import { twitterOf } from '../twitter/service';
import { announce } from './announce';
import { intentOf, statusOf } from './intent';

/**
 * Ends the claim on a post whose workflow is reverted, so that no post stays at `publishing`: one that was not begun fails.
 * One that a process has, or had, is settled by that process or by the job that looks for abandoned ones. A workflow may be
 * reverted long after its publish has ended, when somebody has claimed the post again: `revision` is of the claim to end.
 */
export async function releaseClaim(
  container: MedusaContainer,
  { post_id: postId, revision }: { post_id: string; revision: number },
): Promise<void> {
  const twitter = twitterOf(container);
  const { state } = await statusOf(intentOf(twitter, postId));
  if (state !== 'new' && state !== 'failed') return;
  const message = 'The publish workflow was reverted before anything was sent';
  await twitter.settle(
    { postId, from: ['open'], revision },
    { state: 'failed', status: 'failed', event: 'failed', detail: message, error: { code: 'REVERTED', message } },
  );
  await announce(container, postId);
}
