import { useQueries, useQuery } from '@tanstack/react-query';
import type { ProbeView } from '../../types/http';
import { api } from './api';
import { useDebounced } from './debounced';
import { keys } from './keys';
import { parseUrl } from './urls';

const TYPING_MS = 500;
const FRESH_MS = 60_000;

interface ProbeAnswer {
  probe: ProbeView;
}

const probeQuery = (url: string, isTyping: boolean) => ({
  queryKey: keys.probe(url),
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    api<ProbeAnswer>('/admin/twitter/posts/probe', { method: 'POST', body: { url }, signal }),
  enabled: !isTyping && parseUrl(url) !== null,
  staleTime: FRESH_MS,
  retry: false,
});

/** What is at a medium's URL, as the server finds it. */
export function useProbe(url: string) {
  const settled = useDebounced(url.trim(), TYPING_MS);
  const query = useQuery({ ...probeQuery(settled, false), select: ({ probe }) => probe });
  return { ...query, isTyping: settled !== url.trim() };
}

/** What the server found at each of several URLs; `null` where it has not looked yet. */
export type Probes = ReadonlyMap<string, ProbeView | null>;

/** What is at the URLs of a draft. One that could not be asked for is left out: publishing looks itself. */
export function useProbes(urls: string[]): Probes {
  const wanted = [...new Set(urls.map((url) => url.trim()))].filter((url) => parseUrl(url) !== null);
  const settled = useDebounced(wanted.join('\n'), TYPING_MS).split('\n');
  const queries = useQueries({ queries: wanted.map((url) => probeQuery(url, !settled.includes(url))) });
  const found = wanted.map((url, index): [string, ProbeView | null] | null => {
    const query = queries[index];
    return query?.error ? null : [url, query?.data?.probe ?? null];
  });
  return new Map(found.filter((entry) => entry !== null));
}

/** What a probe has found before, without asking for one. */
export function useProbed(url: string): ProbeView | undefined {
  const { data } = useQuery<ProbeAnswer>({ queryKey: keys.probe(url.trim()), enabled: false });
  return data?.probe;
}
