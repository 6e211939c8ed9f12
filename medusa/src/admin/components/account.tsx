import { Avatar, Text } from '@medusajs/ui';
import type { TwitterAccountView } from '../../types/http';
import { useTexts } from '../i18n/use-texts';

interface AccountProps {
  profile: TwitterAccountView['profile'];
  size?: 'xsmall' | 'small' | 'base' | 'large';
}

/** An account's picture, name and @name. */
export function Account({ profile, size = 'base' }: AccountProps) {
  const { t } = useTexts();
  if (!profile) {
    return (
      <Text size="small" className="text-ui-fg-subtle">
        {t('accounts.noProfile')}
      </Text>
    );
  }
  return (
    <span className="flex min-w-0 items-center gap-x-3">
      <Avatar
        size={size}
        src={profile.profile_image_url ?? undefined}
        fallback={profile.name.charAt(0).toUpperCase()}
        variant="rounded"
      />
      <span className="flex min-w-0 flex-col">
        <Text as="span" size="small" leading="compact" weight="plus" className="truncate">
          {profile.name}
        </Text>
        <Text as="span" size="small" leading="compact" className="text-ui-fg-subtle truncate">
          @{profile.username}
        </Text>
      </span>
    </span>
  );
}
