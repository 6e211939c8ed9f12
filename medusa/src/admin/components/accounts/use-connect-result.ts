import { toast } from '@medusajs/ui';
import { useEffect } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Tells how connecting went, which the address says once, when X has sent the browser back. */
export function useConnectResult() {
  const [params, setParams] = useSearchParams();
  const connected = params.get('connected');
  const error = params.get('error');
  useEffect(() => {
    if (!connected && !error) return;
    // The toast's id keeps it from showing twice when effects run twice.
    if (connected) toast.success('The account is connected', { id: `connected-${connected}` });
    if (error) toast.error('The account was not connected', { id: 'connect-error', description: error });
    setParams({}, { replace: true });
  }, [connected, error, setParams]);
}
