import { Text } from '@medusajs/ui';
import { Link } from 'react-router-dom';
import type { TwitterPostView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';

/** What a post is about, in one line, and what belongs to it in another. */
export function CaptionCell({ post }: { post: TwitterPostView }) {
  const { t } = useTexts();
  const { id, caption, media_attachments: media, thread, poll } = post;
  const extras = [
    media.length > 0 && t('posts.extras.media', { count: media.length }),
    thread.length > 0 && t('posts.extras.thread', { count: thread.length + 1 }),
    poll && t('posts.extras.poll'),
  ].filter(Boolean);
  return (
    <Link
      to={`/twitter/posts/${id}`}
      // The row opens the post on a click too: once is enough.
      onClick={(event) => event.stopPropagation()}
      className="focus-visible:shadow-borders-focus flex min-w-0 max-w-[420px] flex-col rounded py-2 outline-none"
    >
      <Text as="span" size="small" leading="compact" className="text-ui-fg-base truncate">
        {caption || t('common.noText')}
      </Text>
      {extras.length > 0 && (
        <Text as="span" size="xsmall" className="text-ui-fg-subtle">
          {extras.join(' · ')}
        </Text>
      )}
    </Link>
  );
}
