import { toast } from '@medusajs/ui';
import type { TwitterAccountView } from '../../../types/http';
import { useDisconnect } from '../../lib/accounts';
import { messageOf } from '../../lib/api';
import { ConfirmButton } from '../confirm-button';

export function DisconnectButton({ account }: { account: TwitterAccountView }) {
  const disconnect = useDisconnect();
  const name = account.profile ? `@${account.profile.username}` : 'this account';
  const onConfirm = () =>
    disconnect.mutate(account.id, {
      onSuccess: () => toast.success(`${name} is disconnected`),
      onError: (error) => toast.error(`${name} is still connected`, { description: messageOf(error) }),
    });
  return (
    <ConfirmButton
      title={`Disconnect ${name}?`}
      description="Its tokens are deleted here. Scheduled posts will not go out; what is on X stays there. To end the app's access too, revoke it in the account's settings on X."
      confirm="Disconnect"
      danger
      isLoading={disconnect.isPending}
      onConfirm={onConfirm}
    >
      Disconnect
    </ConfirmButton>
  );
}
