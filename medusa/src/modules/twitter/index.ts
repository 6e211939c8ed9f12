import { Module } from '@medusajs/framework/utils';
import checkAtBoot from './boot/check';
import TwitterModuleService from './service';

/** The name under which the container has the module's service. */
export const TWITTER_MODULE = 'twitter';

export default Module(TWITTER_MODULE, { service: TwitterModuleService, loaders: [checkAtBoot] });
