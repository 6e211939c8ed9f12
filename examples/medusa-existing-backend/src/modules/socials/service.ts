import { MedusaService } from '@medusajs/framework/utils';
import SocialPlatform from './models/SocialPlatform';
import SocialPost from './models/SocialPost';

export default class SocialsService extends MedusaService({ SocialPlatform, SocialPost }) {}
