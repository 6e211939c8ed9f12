import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TwitterAccountView, WebhookView } from '../../types/http';
import { api } from './api';
import { keys } from './keys';

/** What an operator has from X's developer portal, instead of connecting in the browser. */
export interface Oauth1Tokens {
  access_token: string;
  access_token_secret: string;
}

interface AccountsAnswer {
  accounts: TwitterAccountView[];
  webhook: WebhookView | null;
  count: number;
}

const accountsQuery = {
  queryKey: keys.accounts,
  queryFn: ({ signal }: { signal: AbortSignal }) => api<AccountsAnswer>('/admin/twitter/accounts', { signal }),
};

/** All accounts. */
export function useAccounts() {
  return useQuery({ ...accountsQuery, select: ({ accounts }) => accounts });
}

/** The shop's webhook at X, if it has a public address. */
export function useWebhook() {
  return useQuery({ ...accountsQuery, select: ({ webhook }) => webhook });
}

/** Sends the browser to X, which sends it back to the page of accounts. */
export function useConnect() {
  return useMutation({
    mutationFn: ({ method, accountId }: { method: 'oauth1' | 'oauth2'; accountId?: string }) =>
      api<{ location: string; state: string }>('/admin/twitter/oauth', {
        query: { method, account_id: accountId },
      }),
    onSuccess: ({ location }) => window.location.assign(location),
  });
}

/** Keeps OAuth 1.0a tokens with an account, or makes an account of them. */
export function useSaveOauth1() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ accountId, tokens }: { accountId?: string; tokens: Oauth1Tokens }) => {
      const body = { api_config: { oauth1_credentials: tokens } };
      const path = accountId ? `/admin/twitter/accounts/${accountId}` : '/admin/twitter/accounts';
      return api<{ account: TwitterAccountView }>(path, { method: 'POST', body });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.accounts }),
  });
}

export function useDisconnect() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api(`/admin/twitter/accounts/${id}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['twitter'] }),
  });
}
