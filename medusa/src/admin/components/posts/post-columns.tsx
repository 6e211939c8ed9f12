import { createDataTableColumnHelper } from '@medusajs/ui';
import type { TwitterPostView } from '../../../types/http';
import { formatNumber } from '../../lib/format';
import { PostStatusBadge } from '../post-status-badge';
import { CaptionCell } from './caption-cell';
import { PostTime } from './post-time';

const helper = createDataTableColumnHelper<TwitterPostView>();

export const postColumns = [
  helper.accessor('caption', { header: 'Post', cell: ({ row }) => <CaptionCell post={row.original} />, maxSize: 420 }),
  helper.accessor('status', { header: 'Status', cell: ({ getValue }) => <PostStatusBadge status={getValue()} /> }),
  helper.accessor(({ account }) => account?.profile?.username, {
    id: 'account',
    header: 'Account',
    cell: ({ getValue }) => (getValue() ? `@${getValue()}` : '–'),
  }),
  helper.display({ id: 'time', header: 'Time', cell: ({ row }) => <PostTime post={row.original} /> }),
  helper.accessor(({ insights }) => insights?.impressions, {
    id: 'impressions',
    header: 'Impressions',
    align: 'right',
    cell: ({ getValue }) => formatNumber(getValue()),
  }),
  helper.accessor(({ insights }) => insights?.likes, {
    id: 'likes',
    header: 'Likes',
    align: 'right',
    cell: ({ getValue }) => formatNumber(getValue()),
  }),
];
