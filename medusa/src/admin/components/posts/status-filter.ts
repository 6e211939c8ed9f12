import { createDataTableFilterHelper } from '@medusajs/ui';
import type { TwitterPostView } from '../../../types/http';
import { POST_STATUSES } from '../../lib/statuses';

const helper = createDataTableFilterHelper<TwitterPostView>();

export const statusFilter = helper.accessor('status', {
  type: 'radio',
  label: 'Status',
  options: Object.entries(POST_STATUSES).map(([value, { label }]) => ({ value, label })),
});
