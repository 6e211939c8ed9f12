import { setTimeout as delay } from 'node:timers/promises';
import { MedusaError } from '@medusajs/framework/utils';
import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import { twitterOf } from '../../../twitter/service';
import type { TwitterPublishResult } from '../../../types/http';

const LOOK_EVERY_MS = 200;

/** What a publish came to. */
export interface PublishOutcomeView {
  id: string;
  /** `scheduled` if a rate limit, or X being away, has put it off. */
  status: 'posted' | 'scheduled';
  post_url: string | null;
  /** `null` if it was put off. */
  result: TwitterPublishResult | null;
  /** When it is tried again by itself, if it was put off. */
  retry_at: string | null;
}

/** Waits until the post's outcome is known, whichever process publishes it. */
export const awaitOutcomeStep = createStep(
  'twitter-await-outcome',
  async ({ post_id }: { post_id: string }, { container }) => {
    const twitter = twitterOf(container);
    for (;;) {
      const post = await twitter.retrieveTwitterPost(post_id, { relations: ['intent'] });
      const { id, status, post_url, error_code, error_message } = post;
      if (status === 'publishing') {
        await delay(LOOK_EVERY_MS);
        continue;
      }
      if (status !== 'posted' && status !== 'scheduled') {
        const type = status === 'unknown' ? MedusaError.Types.UNEXPECTED_STATE : MedusaError.Types.NOT_ALLOWED;
        const error = new MedusaError(type, error_message ?? `The post is ${status}`, error_code ?? undefined);
        throw Object.assign(error, { post_id: id, status });
      }
      const result = status === 'posted' ? ((post.intent?.result ?? null) as TwitterPublishResult | null) : null;
      const retry_at = status === 'scheduled' && post.retry_at ? new Date(post.retry_at).toISOString() : null;
      return new StepResponse<PublishOutcomeView>({ id, status, post_url, result, retry_at });
    }
  },
);
