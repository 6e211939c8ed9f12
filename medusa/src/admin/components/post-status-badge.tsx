import { StatusBadge } from '@medusajs/ui';
import type { TwitterPostStatus } from '../../types/http';
import { useTexts } from '../i18n/use-texts';
import { POST_STATUSES } from '../lib/statuses';

export function PostStatusBadge({ status }: { status: TwitterPostStatus }) {
  const { t } = useTexts();
  return (
    <StatusBadge color={POST_STATUSES[status]} className="whitespace-nowrap">
      {t(`status.post.${status}`)}
    </StatusBadge>
  );
}
