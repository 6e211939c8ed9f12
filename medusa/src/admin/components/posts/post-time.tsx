import type { TwitterPostView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';

/** When a post went out, or is to go out; else when it was changed. */
export function PostTime({ post }: { post: TwitterPostView }) {
  const { t, format } = useTexts();
  const { posted_at: posted, scheduled_at: scheduled, status, updated_at: updated } = post;
  const [words, time] = posted
    ? [t('posts.times.posted'), posted]
    : status === 'scheduled' && scheduled
      ? [t('posts.times.goesOut'), scheduled]
      : [t('posts.times.changed'), updated];
  return (
    <span className="whitespace-nowrap">
      {words} <time dateTime={time}>{format.dateTime(time)}</time>
    </span>
  );
}
