import { model } from '@medusajs/framework/utils';
import SocialPlatform from './SocialPlatform';

/** What staff wrote, and what became of it. */
const SocialPost = model.define('SocialPost', {
  id: model.id().primaryKey(),
  name: model.text().searchable(),
  post_url: model.text().nullable(),
  caption: model.text().nullable(),
  status: model.enum(['draft', 'scheduled', 'posted', 'failed', 'archived']).default('draft'),
  scheduled_at: model.dateTime().nullable(),
  posted_at: model.dateTime().nullable(),
  insights: model.json().nullable(),
  media_attachments: model.json().nullable(),
  notes: model.text().nullable(),
  error_message: model.text().nullable(),
  related_item_type: model.text().nullable(),
  related_item_id: model.text().nullable(),
  metadata: model.json().nullable(),
  /** How far its publish is; nothing but `twitter-native/medusa` writes it. */
  twitter_intent: model.text().nullable(),
  platform: model.belongsTo(() => SocialPlatform, { foreignKey: 'platform_id', mappedBy: 'posts' }),
});

export default SocialPost;
