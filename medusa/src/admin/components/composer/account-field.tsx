import { Label, Select, Text } from '@medusajs/ui';
import { useId } from 'react';
import { Link } from 'react-router-dom';
import type { TwitterAccountView } from '../../../types/http';
import { ACCOUNT_STATUSES } from '../../lib/statuses';

interface AccountFieldProps {
  accounts: TwitterAccountView[];
  value: string;
  onChange: (id: string) => void;
}

const nameOf = ({ profile, status }: TwitterAccountView) => {
  const name = profile ? `@${profile.username}` : 'Account without a profile';
  return status === 'connected' ? name : `${name} (${ACCOUNT_STATUSES[status].label.toLowerCase()})`;
};

/** The account that a post is published to. */
export function AccountField({ accounts, value, onChange }: AccountFieldProps) {
  const id = useId();
  if (accounts.length === 0) {
    return (
      <Text size="small">
        No account is connected.{' '}
        <Link className="text-ui-fg-interactive" to="/twitter/accounts">
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
          {accounts.map((account) => (
            <Select.Item key={account.id} value={account.id}>
              {nameOf(account)}
            </Select.Item>
          ))}
        </Select.Content>
      </Select>
    </div>
  );
}
