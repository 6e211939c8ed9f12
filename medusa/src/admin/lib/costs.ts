import { useQuery } from '@tanstack/react-query';
import type { CostsView } from '../../types/http';
import { api } from './api';
import { keys } from './keys';

/** What a month costs, and what X says that the app has used. */
export function useCosts() {
  return useQuery({
    queryKey: keys.costs,
    queryFn: ({ signal }) => api<{ costs: CostsView }>('/admin/twitter/costs', { signal }),
    select: ({ costs }) => costs,
  });
}
