import { Badge, Button, StatusBadge, Text } from '@medusajs/ui';
import type { TwitterAccountView } from '../../../types/http';
import type { Texts } from '../../i18n/texts';
import { useTexts } from '../../i18n/use-texts';
import { useConnect } from '../../lib/accounts';
import { ACCOUNT_STATUSES } from '../../lib/statuses';
import { Account } from '../account';
import { DisconnectButton } from './disconnect-button';
import { EventsNote } from './events-note';
import { Oauth1Drawer } from './oauth1-drawer';
import { ScopesNote } from './scopes-note';

/** One account: who it is, what it may do, and what can be done about it. */
export function AccountRow({ account }: { account: TwitterAccountView }) {
  const texts = useTexts();
  const { t } = texts;
  const connect = useConnect();
  const needsReconnect = account.status !== 'connected' || account.missing_scopes.length > 0;
  return (
    <li
      aria-label={account.profile ? `@${account.profile.username}` : t('accounts.unnamed')}
      className="flex flex-col gap-y-4 px-6 py-5"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 items-center gap-x-4">
          <Account profile={account.profile} size="large" />
          <StatusBadge color={ACCOUNT_STATUSES[account.status]}>{t(`status.account.${account.status}`)}</StatusBadge>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Button
            size="small"
            variant={needsReconnect ? 'primary' : 'secondary'}
            isLoading={connect.isPending}
            onClick={() => connect.mutate({ method: 'oauth2', accountId: account.id })}
          >
            {t('accounts.reconnect')}
          </Button>
          <Oauth1Drawer account={account} />
          <DisconnectButton account={account} />
        </div>
      </div>
      <dl className="grid grid-cols-1 gap-x-8 gap-y-3 md:grid-cols-3">
        <Fact term={t('accounts.permissions')}>
          <ScopesNote account={account} />
        </Fact>
        <Fact term={t('accounts.oauth1.title')}>
          <Badge size="2xsmall" color={account.has_oauth1 ? 'green' : 'grey'}>
            {account.has_oauth1 ? t('accounts.oauth1.yes') : t('accounts.oauth1.no')}
          </Badge>
        </Fact>
        <Fact term={t('accounts.token.title')}>
          <Text size="small" className="text-ui-fg-subtle">
            {expiryInWords(texts, account)}
          </Text>
        </Fact>
        {account.events && (
          <Fact term={t('accounts.events.title')}>
            <EventsNote events={account.events} />
          </Fact>
        )}
      </dl>
    </li>
  );
}

function expiryInWords({ t, format }: Texts, { expires_at: expiry, status }: TwitterAccountView): string {
  if (!expiry) return t('accounts.token.lasting');
  const time = format.dateTime(expiry);
  if (status === 'connected') return t('accounts.token.renewed', { time });
  return new Date(expiry).getTime() < Date.now()
    ? t('accounts.token.expired', { time })
    : t('accounts.token.valid', { time });
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-y-1">
      <dt className="txt-compact-xsmall-plus text-ui-fg-subtle">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
