import type { MedusaContainer } from '@medusajs/framework/types';
import { SOCIALS_MODULE } from '../modules/socials';
import type SocialsModuleService from '../modules/socials/service';

/** The module's service, with its type. */
export function socialsOf(container: Pick<MedusaContainer, 'resolve'>): SocialsModuleService {
  return container.resolve<SocialsModuleService>(SOCIALS_MODULE);
}
