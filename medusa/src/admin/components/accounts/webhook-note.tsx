import { Text } from '@medusajs/ui';
import type { WebhookView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { Details } from '../details';

/** Whether X's events reach the shop. */
export function WebhookNote({ webhook }: { webhook: WebhookView }) {
  const { t, format } = useTexts();
  const { url, valid, checked_at: checkedAt, error } = webhook;
  const state = error
    ? t('accounts.events.failed')
    : valid
      ? t('accounts.events.sent', { url })
      : t('accounts.events.pending', { url });
  return (
    <div className="px-6 py-4" role="status" aria-label={t('accounts.events.list')}>
      <Text size="small" className={error ? 'text-ui-fg-error' : 'text-ui-fg-subtle'}>
        {state} {checkedAt && t('accounts.events.checked', { time: format.dateTime(checkedAt) })}
      </Text>
      <Details>{error?.message}</Details>
    </div>
  );
}
