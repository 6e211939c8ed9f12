import { Avatar, Text } from '@medusajs/ui';
import type { SocialPlatformView } from '../../types/http';

interface AccountProps {
  account: SocialPlatformView['account'];
  size?: 'xsmall' | 'small' | 'base' | 'large';
}

/** An account's picture, name and @name. */
export function Account({ account, size = 'base' }: AccountProps) {
  if (!account) {
    return (
      <Text size="small" className="text-ui-fg-subtle">
        No account yet
      </Text>
    );
  }
  return (
    <span className="flex min-w-0 items-center gap-x-3">
      <Avatar
        size={size}
        src={account.profile_image_url ?? undefined}
        fallback={account.name.charAt(0).toUpperCase()}
        variant="rounded"
      />
      <span className="flex min-w-0 flex-col">
        <Text as="span" size="small" leading="compact" weight="plus" className="truncate">
          {account.name}
        </Text>
        <Text as="span" size="small" leading="compact" className="text-ui-fg-subtle truncate">
          @{account.username}
        </Text>
      </span>
    </span>
  );
}
