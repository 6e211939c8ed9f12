import type { MedusaContainer } from '@medusajs/framework/types';
import { announce } from '../publishing/announce';
import { twitterOf } from '../twitter/service';

/** Most posts that one run announces. */
const BATCH = 500;

/** Notifies subscribers of outcomes that a process noted before it died. */
export default async function announceOutcomes(container: MedusaContainer): Promise<void> {
  for (const id of await twitterOf(container).listUnannouncedPosts(BATCH)) await announce(container, id);
}

export const config = { name: 'twitter-announce-outcomes', schedule: '* * * * *' };
