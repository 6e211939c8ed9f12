import type { MedusaContainer } from '@medusajs/framework/types';
import { twitterOf } from '../twitter/service';

/** Encrypts credentials with the newest key that lie under an older one, or in plain text from before. */
export default async function resealCredentials(container: MedusaContainer): Promise<void> {
  await twitterOf(container).resealCredentials();
}

export const config = { name: 'twitter-reseal-credentials', schedule: '17 * * * *' };
