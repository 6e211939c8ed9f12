import { model } from '@medusajs/framework/utils';
import SocialPost from './social-post';

/** An account that posts are published to. The secrets in `api_config` are encrypted, each by itself. */
const SocialPlatform = model
  .define('social_platform', {
    id: model.id({ prefix: 'splat' }).primaryKey(),
    name: model.enum(['twitter']).default('twitter'),
    status: model.enum(['connected', 'reauth_required', 'not_connected']).default('not_connected'),
    /** The account's id on X. */
    account_id: model.text().nullable(),
    api_config: model.json().nullable(),
    metadata: model.json().nullable(),
    /** Changes with each change of `api_config`: what refreshes compare before they store. */
    revision: model.number().default(0),
    posts: model.hasMany(() => SocialPost, { mappedBy: 'platform' }),
  })
  .indexes([
    {
      name: 'IDX_social_platform_account_unique',
      on: ['name', 'account_id'],
      unique: true,
      where: 'account_id IS NOT NULL AND deleted_at IS NULL',
    },
  ]);

export default SocialPlatform;
