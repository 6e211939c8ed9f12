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
import { currentTexts, useTexts } from '../../../i18n/use-texts';
import { useAccounts, useConnect, useWebhook } from '../../../lib/accounts';
import { messageOf } from '../../../lib/server-messages';

export default function AccountsPage() {
  const texts = useTexts();
  const { t } = texts;
  const { data: accounts, error, isPending, refetch } = useAccounts();
  useConnectResult(accounts);
  const { data: webhook } = useWebhook();
  const connect = useConnect();
  const onConnect = () =>
    connect.mutate(
      { method: 'oauth2' },
      { onError: (failure) => toast.error(t('accounts.notStarted'), { description: messageOf(texts, failure) }) },
    );
  if (isPending) return <PageSkeleton />;
  return (
    <div className="flex flex-col gap-y-3">
      <Container className="divide-y p-0">
        <SectionHeader level="h1" title={t('accounts.title')} subtitle={t('accounts.subtitle')}>
          <Oauth1Drawer />
          <Button size="small" isLoading={connect.isPending} onClick={onConnect}>
            {t('accounts.connect')}
          </Button>
        </SectionHeader>
        {error && <LoadError error={error} onRetry={() => void refetch()} />}
        {accounts?.length === 0 && <NoAccount />}
        {accounts && accounts.length > 0 && (
          <ul aria-label={t('accounts.list')} className="divide-y">
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
  const { t } = useTexts();
  return (
    <div className="flex flex-col items-center gap-y-3 px-6 py-16 text-center">
      <X className="text-ui-fg-muted" />
      <Text size="small" weight="plus">
        {t('accounts.none')}
      </Text>
      <Text size="small" className="text-ui-fg-subtle max-w-sm">
        {t('accounts.noneHelp')}
      </Text>
    </div>
  );
}

export const config = defineRouteConfig({
  label: 'menu.accounts',
  translationNs: 'medusa-plugin-twitter',
  rank: 3,
});

export const handle = { breadcrumb: () => currentTexts().t('menu.accounts') };
