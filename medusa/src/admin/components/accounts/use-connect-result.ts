import { toast } from '@medusajs/ui';
import { useEffect } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { ConnectError, TwitterAccountView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';

/** The address says a code; the words are ours, so that no link can put others here. */
const CODES: Record<ConnectError, true> = {
  denied: true,
  expired: true,
  other_account: true,
  refused_by_x: true,
  x_away: true,
  failed: true,
};

const isKnown = (code: string): code is ConnectError => Object.hasOwn(CODES, code);

/** Shows how connecting went, which the address says once, when X has sent the browser back. */
export function useConnectResult(accounts: TwitterAccountView[] | undefined) {
  const { t } = useTexts();
  const [params, setParams] = useSearchParams();
  const connected = params.get('connected');
  const error = params.get('error');
  useEffect(() => {
    if (!accounts || (!connected && !error)) return;
    const account = accounts.find(({ id, status }) => id === connected && status === 'connected');
    // The toast's id keeps it from showing twice when effects run twice.
    if (account) toast.success(t('accounts.connected'), { id: `connected-${account.id}` });
    if (error && isKnown(error)) {
      toast.error(t('accounts.notConnected'), { id: 'connect-error', description: t(`accounts.refusals.${error}`) });
    }
    setParams({}, { replace: true });
  }, [accounts, connected, error, setParams, t]);
}
