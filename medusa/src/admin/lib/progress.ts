import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ProgressView } from '../../types/http';
import { ApiError } from './api';
import { serverEvents } from './events';
import { keys } from './keys';

const RECONNECT_MS = 2000;

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Follows one connection; says whether the publish has come to its end. */
async function follow(id: string, signal: AbortSignal, show: (progress: ProgressView) => void): Promise<boolean> {
  for await (const { event, data } of serverEvents(`/admin/twitter/posts/${id}/progress`, signal)) {
    if (event !== 'progress') continue;
    const progress = JSON.parse(data) as ProgressView;
    show(progress);
    if (progress.status !== 'publishing') return true;
  }
  return false;
}

/**
 * How far a post is that is being published. Connects again after a loss; when the publish has ended, the post and its
 * lists are read again.
 */
export function useProgress(id: string, publishing: boolean): { progress: ProgressView | null; lost: boolean } {
  const [progress, setProgress] = useState<ProgressView | null>(null);
  const [lost, setLost] = useState(false);
  const client = useQueryClient();

  useEffect(() => {
    if (!publishing) return;
    const controller = new AbortController();
    const { signal } = controller;
    const show = (next: ProgressView) => {
      setLost(false);
      setProgress(next);
    };
    const watch = async () => {
      while (!signal.aborted) {
        try {
          if (await follow(id, signal, show)) break;
        } catch (error) {
          if (signal.aborted || (error instanceof ApiError && error.status < 500)) break;
        }
        setLost(true);
        await pause(RECONNECT_MS, signal);
      }
      if (!signal.aborted) await client.invalidateQueries({ queryKey: keys.allPosts });
    };
    void watch();
    return () => controller.abort();
  }, [id, publishing, client]);

  return { progress, lost };
}
