import { defineRouteConfig } from '@medusajs/admin-sdk';
import { X } from '@medusajs/icons';
import { Button, Container, Text, toast } from '@medusajs/ui';
import { AccountRow } from '../../../components/accounts/account-row';
import { Oauth1Drawer } from '../../../components/accounts/oauth1-drawer';
import { useConnectResult } from '../../../components/accounts/use-connect-result';
import { WebhookNote } from '../../../components/accounts/webhook-note';
import { CostsPanel } from '../../../components/costs/costs-panel';
import { LoadError } from '../../../components/load-error';
import { PageSkeleton } from '../../../components/page-skeleton';
import { SectionHeader } from '../../../components/section-header';
import { useAccounts, useConnect, useWebhook } from '../../../lib/accounts';
import { messageOf } from '../../../lib/api';

export default function AccountsPage() {
  const { data: accounts, error, isPending, refetch } = useAccounts();
  useConnectResult(accounts);
  const { data: webhook } = useWebhook();
  const connect = useConnect();
  const onConnect = () =>
    connect.mutate(
      { method: 'oauth2' },
      { onError: (failure) => toast.error('X could not be asked', { description: messageOf(failure) }) },
    );
  if (isPending) return <PageSkeleton />;
  return (
    <div className="flex flex-col gap-y-3">
      <Container className="divide-y p-0">
        <SectionHeader level="h1" title="Accounts" subtitle="The accounts that posts are published to">
          <Oauth1Drawer />
          <Button size="small" isLoading={connect.isPending} onClick={onConnect}>
            Connect an X account
          </Button>
        </SectionHeader>
        {error && <LoadError error={error} onRetry={() => void refetch()} />}
        {accounts?.length === 0 && <NoAccount />}
        {accounts && accounts.length > 0 && (
          <ul aria-label="Connected accounts" className="divide-y">
            {accounts.map((account) => (
              <AccountRow key={account.id} account={account} />
            ))}
          </ul>
        )}
        {webhook && <WebhookNote webhook={webhook} />}
      </Container>
      <CostsPanel />
    </div>
  );
}

function NoAccount() {
  return (
    <div className="flex flex-col items-center gap-y-3 px-6 py-16 text-center">
      <X className="text-ui-fg-muted" />
      <Text size="small" weight="plus">
        No account is connected
      </Text>
      <Text size="small" className="text-ui-fg-subtle max-w-sm">
        Connect an X account: X asks whether this shop may post as you, and leads back here.
      </Text>
    </div>
  );
}

export const config = defineRouteConfig({ label: 'Accounts', rank: 3 });

export const handle = { breadcrumb: () => 'Accounts' };
