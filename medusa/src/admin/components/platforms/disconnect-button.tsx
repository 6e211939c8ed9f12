import { toast } from '@medusajs/ui';
import type { SocialPlatformView } from '../../../types/http';
import { messageOf } from '../../lib/api';
import { useDisconnect } from '../../lib/platforms';
import { ConfirmButton } from '../confirm-button';

export function DisconnectButton({ platform }: { platform: SocialPlatformView }) {
  const disconnect = useDisconnect();
  const name = platform.account ? `@${platform.account.username}` : 'this account';
  const onConfirm = () =>
    disconnect.mutate(platform.id, {
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
