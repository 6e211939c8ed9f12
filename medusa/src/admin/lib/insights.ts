import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { InsightsPoint } from '../../types/http';
import { api } from './api';
import { keys } from './keys';

/** The readings of a post's metrics, the oldest first. */
export function useInsights(id: string, enabled: boolean) {
  return useQuery({
    queryKey: keys.insights(id),
    queryFn: ({ signal }) => api<{ insights: InsightsPoint[] }>(`/admin/twitter/posts/${id}/insights`, { signal }),
    select: ({ insights }) => insights,
    enabled,
  });
}

/** Reads a post's metrics from X. */
export function useSyncInsights(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api(`/admin/twitter/posts/${id}/sync-insights`, { method: 'POST', body: {} }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.allPosts }),
  });
}

/** Reads the metrics of all posts from X. */
export function useSyncAllInsights() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      api<{ synced: number; failed: { id: string; code: string; message: string }[] }>(
        '/admin/twitter/posts/sync-all-insights',
        {
          method: 'POST',
          body: {},
        },
      ),
    onSettled: () => client.invalidateQueries({ queryKey: keys.allPosts }),
  });
}

/** What people did with a post, apart from seeing it. */
export function engagementOf(metrics: Pick<InsightsPoint, 'likes' | 'retweets' | 'replies' | 'quotes'>): number {
  return metrics.likes + metrics.retweets + metrics.replies + metrics.quotes;
}
