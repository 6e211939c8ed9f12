import { model } from '@medusajs/framework/utils';
import SocialPost from './SocialPost';

/** An account at a social network, with what is needed to call its API. */
const SocialPlatform = model.define('SocialPlatform', {
  id: model.id().primaryKey(),
  name: model.text().searchable(),
  category: model.text().default('social'),
  auth_type: model.text().default('oauth2'),
  icon_url: model.text().nullable(),
  base_url: model.text().nullable(),
  description: model.text().nullable(),
  api_config: model.json().nullable(),
  status: model.text().default('active'),
  metadata: model.json().nullable(),
  posts: model.hasMany(() => SocialPost, { mappedBy: 'platform' }),
});

export default SocialPlatform;
