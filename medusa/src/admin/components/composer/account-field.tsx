import { Label, Select, Text } from '@medusajs/ui';
import { useId } from 'react';
import { Link } from 'react-router-dom';
import type { TwitterAccountView } from '../../../types/http';
import { ACCOUNT_STATUSES } from '../../lib/statuses';

interface AccountFieldProps {
  accounts: TwitterAccountView[];
  value: string;
  /** The account that was chosen before is not connected here any more. */
  isGone?: boolean;
  onChange: (id: string) => void;
}

const nameOf = ({ profile, status }: TwitterAccountView) => {
  const name = profile ? `@${profile.username}` : 'Account without a profile';
  return status === 'connected' ? name : `${name} (${ACCOUNT_STATUSES[status].label.toLowerCase()})`;
};

/** The account that a post is published to. */
export function AccountField({ accounts, value, isGone = false, onChange }: AccountFieldProps) {
  const id = useId();
  if (accounts.length === 0) {
    return (
      <Text size="small">
        No account is connected.{' '}
        <Link className="underline" to="/twitter/accounts">
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
        <Select.Trigger id={id} aria-invalid={isGone} aria-describedby={`${id}-gone`}>
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
      {isGone && (
        <Text id={`${id}-gone`} size="small" role="alert" className="text-ui-fg-error">
          The account of this post was disconnected. Choose the one that it is to go out as, or connect that account
          again.
        </Text>
      )}
    </div>
  );
}
