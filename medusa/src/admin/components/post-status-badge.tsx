import { StatusBadge } from '@medusajs/ui';
import type { TwitterPostStatus } from '../../types/http';
import { POST_STATUSES } from '../lib/statuses';

export function PostStatusBadge({ status }: { status: TwitterPostStatus }) {
  const { label, colour } = POST_STATUSES[status];
  return (
    <StatusBadge color={colour} className="whitespace-nowrap">
      {label}
    </StatusBadge>
  );
}
