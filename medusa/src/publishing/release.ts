import type { MedusaContainer } from '@medusajs/framework/types';
import { twitterOf } from '../workflows/twitter';
import { announce } from './announce';
import { intentOf, statusOf } from './intent';

/**
 * Ends the claim on a post whose workflow is reverted, so that no post stays at `publishing`: one that was not begun fails.
 * One that a process has, or had, is settled by that process or by the job that looks for abandoned ones.
 */
export async function releaseClaim(container: MedusaContainer, postId: string): Promise<void> {
  const twitter = twitterOf(container);
  const { state } = await statusOf(intentOf(twitter, postId));
  if (state !== 'new' && state !== 'failed') return;
  const message = 'The publish workflow was reverted before anything was sent';
  await twitter.settle(
    { postId, from: ['open'] },
    { state: 'failed', status: 'failed', event: 'failed', detail: message, error: { code: 'REVERTED', message } },
  );
  await announce(container, postId);
}
