import { model } from '@medusajs/framework/utils';
import TwitterPost from './post';

/** An account that posts are published to. The secrets in `api_config` are encrypted, each by itself. */
const TwitterAccount = model
  .define('twitter_account', {
    id: model.id({ prefix: 'twacc' }).primaryKey(),
    status: model.enum(['connected', 'reauth_required', 'not_connected']).default('not_connected'),
    /** X's id of the user. */
    x_user_id: model.text().nullable(),
    api_config: model.json().nullable(),
    metadata: model.json().nullable(),
    /** Changes with each change of `api_config`: what refreshes compare before they store. */
    revision: model.number().default(0),
    posts: model.hasMany(() => TwitterPost, { mappedBy: 'account' }),
  })
  .indexes([
    {
      name: 'IDX_twitter_account_x_user_id_unique',
      on: ['x_user_id'],
      unique: true,
      where: 'x_user_id IS NOT NULL AND deleted_at IS NULL',
    },
  ]);

export default TwitterAccount;
