import type { PublishOnceOptions } from 'twitter-native/medusa';

/** Where a post's row keeps how far its publish is: a column that nothing but `twitter-native/medusa` writes. */
export const INTENT = { table: 'social_post', column: 'twitter_intent' };

/** A click waits some 20 seconds for an answer of X's that was lost. The job of each minute looks again after that. */
export const PUBLISHING: PublishOnceOptions = {
  onUnknown: process.env.X_ON_UNKNOWN === 'retry' ? 'retry' : 'stop',
  reconcile: { scheduleMs: [2_000, 5_000, 15_000] },
  leaseMs: Number(process.env.X_PUBLISH_LEASE_MS ?? 60_000),
};
