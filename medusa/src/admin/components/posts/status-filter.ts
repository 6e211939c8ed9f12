import { createDataTableFilterHelper } from '@medusajs/ui';
import type { SocialPostView } from '../../../types/http';
import { POST_STATUSES } from '../../lib/statuses';

const helper = createDataTableFilterHelper<SocialPostView>();

export const statusFilter = helper.accessor('status', {
  type: 'radio',
  label: 'Status',
  options: Object.entries(POST_STATUSES).map(([value, { label }]) => ({ value, label })),
});
