import type { MedusaContainer } from '@medusajs/framework/types';
import { TWITTER_MODULE } from '../modules/twitter';
import type TwitterModuleService from '../modules/twitter/service';

/** The module's service, with its type. */
export function twitterOf(container: Pick<MedusaContainer, 'resolve'>): TwitterModuleService {
  return container.resolve<TwitterModuleService>(TWITTER_MODULE);
}
