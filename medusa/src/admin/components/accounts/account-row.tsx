import { Badge, Button, StatusBadge, Text } from '@medusajs/ui';
import type { TwitterAccountView } from '../../../types/http';
import { useConnect } from '../../lib/accounts';
import { formatDateTime } from '../../lib/format';
import { ACCOUNT_STATUSES } from '../../lib/statuses';
import { Account } from '../account';
import { DisconnectButton } from './disconnect-button';
import { EventsNote } from './events-note';
import { Oauth1Drawer } from './oauth1-drawer';
import { ScopesNote } from './scopes-note';

/** One account: who it is, what it may do, and what can be done about it. */
export function AccountRow({ account }: { account: TwitterAccountView }) {
  const connect = useConnect();
  const { label, colour } = ACCOUNT_STATUSES[account.status];
  const needsReconnect = account.status !== 'connected' || account.missing_scopes.length > 0;
  return (
    <li
      aria-label={account.profile ? `@${account.profile.username}` : 'Account without a profile'}
      className="flex flex-col gap-y-4 px-6 py-5"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 items-center gap-x-4">
          <Account profile={account.profile} size="large" />
          <StatusBadge color={colour}>{label}</StatusBadge>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Button
            size="small"
            variant={needsReconnect ? 'primary' : 'secondary'}
            isLoading={connect.isPending}
            onClick={() => connect.mutate({ method: 'oauth2', accountId: account.id })}
          >
            Reconnect
          </Button>
          <Oauth1Drawer account={account} />
          <DisconnectButton account={account} />
        </div>
      </div>
      <dl className="grid grid-cols-1 gap-x-8 gap-y-3 md:grid-cols-3">
        <Fact term="Permissions">
          <ScopesNote account={account} />
        </Fact>
        <Fact term="OAuth 1.0a">
          <Badge size="2xsmall" color={account.has_oauth1 ? 'green' : 'grey'}>
            {account.has_oauth1 ? 'Yes, it signs media' : 'No'}
          </Badge>
        </Fact>
        <Fact term="Access token">
          <Text size="small" className="text-ui-fg-subtle">
            {expiryInWords(account)}
          </Text>
        </Fact>
        {account.events && (
          <Fact term="Events">
            <EventsNote events={account.events} />
          </Fact>
        )}
      </dl>
    </li>
  );
}

function expiryInWords({ expires_at: expiry, status }: TwitterAccountView): string {
  if (!expiry) return 'Does not expire';
  const when = formatDateTime(expiry);
  if (status === 'connected') return `Valid until ${when}; it is refreshed by itself`;
  return new Date(expiry).getTime() < Date.now() ? `Expired at ${when}` : `Valid until ${when}`;
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-y-1">
      <dt className="txt-compact-xsmall-plus text-ui-fg-subtle">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
