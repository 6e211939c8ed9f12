import { Alert } from '@medusajs/ui';
import type { TwitterPostView } from '../../../types/http';
import { knownCode } from '../../../words/errors';
import { useTexts } from '../../i18n/use-texts';
import { Details } from '../details';
import { ExternalLink } from '../external-link';

/** Why a post is not out, what can be done, and what of a thread is out nevertheless. */
export function ErrorNote({ post }: { post: TwitterPostView }) {
  const { t, format } = useTexts();
  const { error, intent, status } = post;
  if (!error) return null;
  const published = status === 'failed' ? (intent?.published ?? []) : [];
  const code = knownCode(error.code);
  const advice = error.retry_at
    ? t('post.retry', { time: format.dateTime(error.retry_at) })
    : t(`errors.${code}.advice`);
  return (
    <Alert variant={error.retry_at ? 'warning' : 'error'} role="alert">
      <div className="flex flex-col gap-y-1">
        <span>{t(`errors.${code}.says`)}</span>
        {advice && <span className="text-ui-fg-subtle">{advice}</span>}
        <Details>
          {error.message} ({error.code})
        </Details>
        {published.length > 0 && (
          <span>
            {t('post.onX', { count: published.length })}{' '}
            {published.map(({ tweet_id, tweet_url }) => (
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
