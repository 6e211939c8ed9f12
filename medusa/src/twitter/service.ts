import type { MedusaContainer } from '@medusajs/framework/types';
import { TWITTER_MODULE } from '../modules/twitter';
import type TwitterModuleService from '../modules/twitter/service';
import { attachFiles } from './shop-files';

/** The module's service, with its type, and with the shop's files at hand. */
export function twitterOf(container: Pick<MedusaContainer, 'resolve'>): TwitterModuleService {
  const twitter = container.resolve<TwitterModuleService>(TWITTER_MODULE);
  attachFiles(twitter, container);
  return twitter;
}
