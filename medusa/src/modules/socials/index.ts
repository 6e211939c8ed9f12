import { Module } from '@medusajs/framework/utils';
import SocialsModuleService from './service';

/** The name under which the container has the module's service. */
export const SOCIALS_MODULE = 'socials';

export default Module(SOCIALS_MODULE, { service: SocialsModuleService });
