import { Button, Drawer, Text, toast } from '@medusajs/ui';
import { useState } from 'react';
import type { TwitterAccountView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { useConnect } from '../../lib/accounts';
import { messageOf } from '../../lib/server-messages';
import { Oauth1Form } from './oauth1-form';

/** The two ways to OAuth 1.0a tokens: granting them on X, or typing in what its developer portal shows. */
export function Oauth1Drawer({ account }: { account?: TwitterAccountView }) {
  const texts = useTexts();
  const { t } = texts;
  const [isOpen, setOpen] = useState(false);
  const connect = useConnect();
  const onGrant = () =>
    connect.mutate(
      { method: 'oauth1', accountId: account?.id },
      { onError: (error) => toast.error(t('accounts.notStarted'), { description: messageOf(texts, error) }) },
    );
  return (
    <Drawer open={isOpen} onOpenChange={setOpen}>
      <Drawer.Trigger asChild>
        <Button size="small" variant="secondary">
          {account?.has_oauth1 ? t('accounts.oauth1.replace') : t('accounts.oauth1.add')}
        </Button>
      </Drawer.Trigger>
      <Drawer.Content>
        <Drawer.Header>
          <Drawer.Title>{t('accounts.oauth1.title')}</Drawer.Title>
          <Drawer.Description>{t('accounts.oauth1.explanation')}</Drawer.Description>
        </Drawer.Header>
        <Drawer.Body className="flex flex-col gap-y-8 overflow-y-auto">
          <section className="flex flex-col items-start gap-y-3">
            <Text size="small" weight="plus">
              {t('accounts.oauth1.grant')}
            </Text>
            <Text size="small" className="text-ui-fg-subtle">
              {t('accounts.oauth1.grantHelp')}
            </Text>
            <Button size="small" isLoading={connect.isPending} onClick={onGrant}>
              {t('accounts.oauth1.continue')}
            </Button>
          </section>
          <Oauth1Form account={account} onSaved={() => setOpen(false)} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer>
  );
}
