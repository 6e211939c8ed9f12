import { Label, Select, Text } from '@medusajs/ui';
import { useId } from 'react';
import { Link } from 'react-router-dom';
import type { SocialPlatformView } from '../../../types/http';
import { PLATFORM_STATUSES } from '../../lib/statuses';

interface PlatformFieldProps {
  platforms: SocialPlatformView[];
  value: string;
  onChange: (id: string) => void;
}

const nameOf = ({ account, status }: SocialPlatformView) => {
  const name = account ? `@${account.username}` : 'Account without a profile';
  return status === 'connected' ? name : `${name} (${PLATFORM_STATUSES[status].label.toLowerCase()})`;
};

/** The account that a post is published to. */
export function PlatformField({ platforms, value, onChange }: PlatformFieldProps) {
  const id = useId();
  if (platforms.length === 0) {
    return (
      <Text size="small">
        No account is connected.{' '}
        <Link className="text-ui-fg-interactive" to="/social/platforms">
          Connect one first
        </Link>
      </Text>
    );
  }
  return (
    <div className="flex flex-col gap-y-2">
      <Label size="small" weight="plus" htmlFor={id}>
        Account
      </Label>
      <Select value={value} onValueChange={onChange}>
        <Select.Trigger id={id}>
          <Select.Value placeholder="Choose an account" />
        </Select.Trigger>
        <Select.Content>
          {platforms.map((platform) => (
            <Select.Item key={platform.id} value={platform.id}>
              {nameOf(platform)}
            </Select.Item>
          ))}
        </Select.Content>
      </Select>
    </div>
  );
}
