import { MedusaError } from '@medusajs/framework/utils';
import { TwitterService } from 'twitter-native';

/** Gives the client of a social network by its name. */
export default class SocialProviderService {
  #twitter?: TwitterService;

  getProvider(name: string): TwitterService {
    const isTwitter = ['twitter', 'x'].includes(name.toLowerCase());
    if (!isTwitter) throw new MedusaError(MedusaError.Types.INVALID_DATA, `${name} is not a provider of this backend`);
    this.#twitter ??= new TwitterService();
    return this.#twitter;
  }
}
