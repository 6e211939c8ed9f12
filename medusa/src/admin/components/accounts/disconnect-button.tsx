import { toast } from '@medusajs/ui';
import type { TwitterAccountView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { useDisconnect } from '../../lib/accounts';
import { messageOf } from '../../lib/server-messages';
import { ConfirmButton } from '../confirm-button';

export function DisconnectButton({ account }: { account: TwitterAccountView }) {
  const texts = useTexts();
  const { t } = texts;
  const disconnect = useDisconnect();
  const name = account.profile ? `@${account.profile.username}` : t('accounts.disconnect.unnamed');
  const onConfirm = () =>
    disconnect.mutate(account.id, {
      onSuccess: () => toast.success(t('accounts.disconnect.done')),
      onError: (error) => toast.error(t('accounts.disconnect.failed'), { description: messageOf(texts, error) }),
    });
  return (
    <ConfirmButton
      title={t('accounts.disconnect.title', { name })}
      description={t('accounts.disconnect.explanation')}
      confirm={t('accounts.disconnect.button')}
      danger
      isLoading={disconnect.isPending}
      onConfirm={onConfirm}
    >
      {t('accounts.disconnect.button')}
    </ConfirmButton>
  );
}
