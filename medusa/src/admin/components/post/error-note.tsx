import { Alert } from '@medusajs/ui';
import type { TwitterPostView } from '../../../types/http';
import { wordsFor } from '../../../words/errors';
import { counted, formatDateTime } from '../../lib/format';
import { ExternalLink } from '../external-link';

/** Why a post is not out, what can be done, and what of a thread stands nevertheless. */
export function ErrorNote({ post }: { post: TwitterPostView }) {
  const { error, intent, status } = post;
  if (!error) return null;
  const standing = status === 'failed' ? (intent?.published ?? []) : [];
  const words = wordsFor(error.code);
  const advice = error.retry_at ? `It is tried again by itself at ${formatDateTime(error.retry_at)}.` : words.advice;
  return (
    <Alert variant={error.retry_at ? 'warning' : 'error'} role="alert">
      <div className="flex flex-col gap-y-1">
        <span>{words.says}</span>
        {advice && <span className="text-ui-fg-subtle">{advice}</span>}
        <details>
          <summary className="cursor-pointer">Details</summary>
          <span className="text-ui-fg-subtle break-words">
            {error.message} ({error.code})
          </span>
        </details>
        {standing.length > 0 && (
          <span>
            {counted(standing.length, 'part')} of the thread {standing.length === 1 ? 'stands' : 'stand'} on X:{' '}
            {standing.map(({ tweet_id, tweet_url }) => (
              <ExternalLink key={tweet_id} href={tweet_url}>
                {tweet_id}
              </ExternalLink>
            ))}
          </span>
        )}
      </div>
    </Alert>
  );
}
