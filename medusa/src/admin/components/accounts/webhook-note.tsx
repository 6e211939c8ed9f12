import { Text } from '@medusajs/ui';
import type { WebhookView } from '../../../types/http';
import { formatDateTime } from '../../lib/format';

/** Whether X's events reach the shop. */
export function WebhookNote({ webhook }: { webhook: WebhookView }) {
  const { url, valid, checked_at: checkedAt, error } = webhook;
  return (
    <div className="px-6 py-4" role="status" aria-label="Events from X">
      <Text size="small" className={error ? 'text-ui-fg-error' : 'text-ui-fg-subtle'}>
        {error && `X’s events could not be set up: ${error.message}`}
        {!error && valid && `X sends events to ${url}`}
        {!error && !valid && `Events from X are set up within minutes, for ${url}`}
        {checkedAt && `. Last looked at ${formatDateTime(checkedAt)}.`}
      </Text>
    </div>
  );
}
