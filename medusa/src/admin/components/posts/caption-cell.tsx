import { Text } from '@medusajs/ui';
import type { TwitterPostView } from '../../../types/http';
import { counted } from '../../lib/format';

/** What a post is about, in one line, and what belongs to it in another. */
export function CaptionCell({ post }: { post: TwitterPostView }) {
  const { caption, media_attachments: media, thread, poll } = post;
  const extras = [
    media.length > 0 && counted(media.length, 'medium', 'media'),
    thread.length > 0 && `thread of ${thread.length + 1}`,
    poll && 'poll',
  ].filter(Boolean);
  return (
    <div className="flex min-w-0 max-w-[420px] flex-col py-2">
      <Text as="span" size="small" leading="compact" className="text-ui-fg-base truncate">
        {caption || <span className="text-ui-fg-muted">No text</span>}
      </Text>
      {extras.length > 0 && (
        <Text as="span" size="xsmall" className="text-ui-fg-muted">
          {extras.join(' · ')}
        </Text>
      )}
    </div>
  );
}
