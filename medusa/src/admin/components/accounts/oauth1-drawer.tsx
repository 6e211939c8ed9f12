import { Button, Drawer, Text, toast } from '@medusajs/ui';
import { useState } from 'react';
import type { TwitterAccountView } from '../../../types/http';
import { useConnect } from '../../lib/accounts';
import { messageOf } from '../../lib/api';
import { Oauth1Form } from './oauth1-form';

/** The two ways to OAuth 1.0a tokens: granting them on X, or typing in what its developer portal shows. */
export function Oauth1Drawer({ account }: { account?: TwitterAccountView }) {
  const [isOpen, setOpen] = useState(false);
  const connect = useConnect();
  const onGrant = () =>
    connect.mutate(
      { method: 'oauth1', accountId: account?.id },
      { onError: (error) => toast.error('X could not be asked', { description: messageOf(error) }) },
    );
  return (
    <Drawer open={isOpen} onOpenChange={setOpen}>
      <Drawer.Trigger asChild>
        <Button size="small" variant="secondary">
          {account?.has_oauth1 ? 'Replace OAuth 1.0a' : 'Add OAuth 1.0a'}
        </Button>
      </Drawer.Trigger>
      <Drawer.Content>
        <Drawer.Header>
          <Drawer.Title>OAuth 1.0a</Drawer.Title>
          <Drawer.Description>Tokens that do not expire. They sign uploads of media.</Drawer.Description>
        </Drawer.Header>
        <Drawer.Body className="flex flex-col gap-y-8 overflow-y-auto">
          <section className="flex flex-col items-start gap-y-3">
            <Text size="small" weight="plus">
              Grant them on X
            </Text>
            <Text size="small" className="text-ui-fg-subtle">
              X asks whether the app may post as the account, and leads back here.
            </Text>
            <Button size="small" isLoading={connect.isPending} onClick={onGrant}>
              Continue to X
            </Button>
          </section>
          <Oauth1Form account={account} onSaved={() => setOpen(false)} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer>
  );
}
