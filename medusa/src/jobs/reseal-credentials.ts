import type { MedusaContainer } from '@medusajs/framework/types';
import { socialsOf } from '../workflows/socials';

/** Encrypts credentials with the newest key that lie under an older one, or in plain text from before. */
export default async function resealCredentials(container: MedusaContainer): Promise<void> {
  await socialsOf(container).resealCredentials();
}

export const config = { name: 'reseal-social-credentials', schedule: '17 * * * *' };
