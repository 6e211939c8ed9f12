import { toast } from '@medusajs/ui';
import { useEffect } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { ConnectError, TwitterAccountView } from '../../../types/http';

/** The address says a code; the words are ours, so that no link can put others here. */
const WORDS: Record<ConnectError, string> = {
  denied: 'Access was not granted on X.',
  expired: 'The way over X took too long, or was used before. Connect the account again.',
  other_account:
    'X granted access to another account than the one to be connected. Sign in to the right one on X first.',
  refused_by_x: 'X refused it. Look at the app’s settings on X, its callback address above all.',
  x_away: 'X could not be reached, or asks to wait. Try again in a few minutes.',
  failed: 'Something went wrong in the shop; its log says what.',
};

const isKnown = (code: string): code is ConnectError => Object.hasOwn(WORDS, code);

/** Tells how connecting went, which the address says once, when X has sent the browser back. */
export function useConnectResult(accounts: TwitterAccountView[] | undefined) {
  const [params, setParams] = useSearchParams();
  const connected = params.get('connected');
  const error = params.get('error');
  useEffect(() => {
    if (!accounts || (!connected && !error)) return;
    const account = accounts.find(({ id, status }) => id === connected && status === 'connected');
    // The toast's id keeps it from showing twice when effects run twice.
    if (account) toast.success('The account is connected', { id: `connected-${account.id}` });
    if (error && isKnown(error)) {
      toast.error('The account was not connected', { id: 'connect-error', description: WORDS[error] });
    }
    setParams({}, { replace: true });
  }, [accounts, connected, error, setParams]);
}
