import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SocialPlatformView } from '../../types/http';
import { api } from './api';
import { keys } from './keys';

/** What an operator has from X's developer portal, instead of connecting in the browser. */
export interface Oauth1Tokens {
  access_token: string;
  access_token_secret: string;
}

/** All accounts. */
export function usePlatforms() {
  return useQuery({
    queryKey: keys.platforms,
    queryFn: ({ signal }) =>
      api<{ social_platforms: SocialPlatformView[]; count: number }>('/admin/social-platforms', { signal }),
    select: ({ social_platforms }) => social_platforms,
  });
}

/** Sends the browser to X, which sends it back to the page of platforms. */
export function useConnect() {
  return useMutation({
    mutationFn: ({ method, platformId }: { method: 'oauth1' | 'oauth2'; platformId?: string }) =>
      api<{ location: string; state: string }>('/admin/oauth/twitter', {
        query: { method, platform_id: platformId },
      }),
    onSuccess: ({ location }) => window.location.assign(location),
  });
}

/** Keeps OAuth 1.0a tokens with an account, or makes an account of them. */
export function useSaveOauth1() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ platformId, tokens }: { platformId?: string; tokens: Oauth1Tokens }) => {
      const api_config = { oauth1_credentials: tokens };
      const body = platformId ? { api_config } : { name: 'twitter', api_config };
      const path = platformId ? `/admin/social-platforms/${platformId}` : '/admin/social-platforms';
      return api<{ social_platform: SocialPlatformView }>(path, { method: 'POST', body });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.platforms }),
  });
}

export function useDisconnect() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api(`/admin/social-platforms/${id}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['social'] }),
  });
}
