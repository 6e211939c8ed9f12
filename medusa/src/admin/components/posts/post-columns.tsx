import { createDataTableColumnHelper } from '@medusajs/ui';
import type { TwitterPostView } from '../../../types/http';
import type { Texts } from '../../i18n/texts';
import { figureOf, NO_FIGURE } from '../../lib/format';
import { PostStatusBadge } from '../post-status-badge';
import { CaptionCell } from './caption-cell';
import { PostTime } from './post-time';

const helper = createDataTableColumnHelper<TwitterPostView>();

/** What a list shows of each post. */
export const postColumnsOf = ({ t, format }: Texts) => [
  helper.accessor('caption', {
    header: t('posts.columns.post'),
    cell: ({ row }) => <CaptionCell post={row.original} />,
    maxSize: 420,
  }),
  helper.accessor('status', {
    header: t('posts.columns.status'),
    cell: ({ getValue }) => <PostStatusBadge status={getValue()} />,
  }),
  helper.accessor(({ account }) => account?.profile?.username, {
    id: 'account',
    header: t('posts.columns.account'),
    cell: ({ getValue }) => (getValue() ? `@${getValue()}` : NO_FIGURE),
  }),
  helper.display({
    id: 'time',
    header: t('posts.columns.time'),
    cell: ({ row }) => <PostTime post={row.original} />,
  }),
  helper.accessor(({ insights }) => insights?.impressions, {
    id: 'impressions',
    header: t('metrics.impressions'),
    align: 'right',
    cell: ({ getValue }) => figureOf(format, getValue()),
  }),
  helper.accessor(({ insights }) => insights?.likes, {
    id: 'likes',
    header: t('metrics.likes'),
    align: 'right',
    cell: ({ getValue }) => figureOf(format, getValue()),
  }),
];
