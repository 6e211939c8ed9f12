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
      description="Its tokens are deleted here and revoked at X. Scheduled posts will not go out; what is on X stays there."
      confirm="Disconnect"
      danger
      isLoading={disconnect.isPending}
      onConfirm={onConfirm}
    >
      Disconnect
    </ConfirmButton>
  );
}
