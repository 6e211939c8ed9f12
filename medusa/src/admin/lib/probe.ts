import { useQuery } from '@tanstack/react-query';
import type { ProbeView } from '../../types/http';
import { api } from './api';
import { useDebounced } from './debounced';
import { keys } from './keys';
import { parseUrl } from './urls';

const TYPING_MS = 500;
const FRESH_MS = 60_000;

/** What lies behind a medium's URL, as the server finds it. */
export function useProbe(url: string) {
  const settled = useDebounced(url.trim(), TYPING_MS);
  const query = useQuery({
    queryKey: keys.probe(settled),
    queryFn: ({ signal }) =>
      api<{ probe: ProbeView }>('/admin/twitter/posts/probe', { method: 'POST', body: { url: settled }, signal }),
    select: ({ probe }) => probe,
    enabled: parseUrl(settled) !== null,
    staleTime: FRESH_MS,
    retry: false,
  });
  return { ...query, isTyping: settled !== url.trim() };
}

/** What a probe has found before, without asking for one. */
export function useProbed(url: string): ProbeView | undefined {
  const { data } = useQuery<{ probe: ProbeView }>({ queryKey: keys.probe(url.trim()), enabled: false });
  return data?.probe;
}
