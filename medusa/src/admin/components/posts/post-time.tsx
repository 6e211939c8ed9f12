import type { TwitterPostView } from '../../../types/http';
import { formatDateTime } from '../../lib/format';

/** When a post went out, or is to go out; else when it was changed. */
export function PostTime({ post }: { post: TwitterPostView }) {
  const { posted_at: posted, scheduled_at: scheduled, status, updated_at: updated } = post;
  const [words, time] = posted
    ? ['Posted', posted]
    : status === 'scheduled' && scheduled
      ? ['Goes out', scheduled]
      : ['Changed', updated];
  return (
    <span className="whitespace-nowrap">
      {words} <time dateTime={time}>{formatDateTime(time)}</time>
    </span>
  );
}
