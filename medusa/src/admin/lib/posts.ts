import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ResolveInput, TwitterPostInput, TwitterPostView } from '../../types/http';
import { ApiError, api } from './api';
import { keys, type PostsQuery } from './keys';

interface PostAnswer {
  post: TwitterPostView;
}

interface PostsAnswer {
  posts: TwitterPostView[];
  count: number;
}

/** How often a page is read again while a post is on its way, or about to be. */
const WATCH_MS = 3000;
/** How often a page of a post is read again that somebody else may change or publish. */
const GLANCE_MS = 20_000;

/** When a post may have become another one by itself; the sooner, the nearer its time is. */
function nextLook({ status, scheduled_at }: Pick<TwitterPostView, 'status' | 'scheduled_at'>): number {
  if (status === 'publishing' || status === 'unknown') return WATCH_MS;
  if (status !== 'scheduled' || !scheduled_at) return GLANCE_MS;
  return Math.min(GLANCE_MS, Math.max(WATCH_MS, new Date(scheduled_at).getTime() - Date.now()));
}

export function usePosts(query: PostsQuery) {
  return useQuery({
    queryKey: keys.posts(query),
    queryFn: ({ signal }) => api<PostsAnswer>('/admin/twitter/posts', { query: { ...query }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => Math.min(GLANCE_MS, ...(state.data?.posts ?? []).map(nextLook)),
  });
}

export function usePost(id: string) {
  return useQuery({
    queryKey: keys.post(id),
    queryFn: ({ signal }) => fetchPost(id, signal),
    refetchOnMount: 'always',
    // A page that is open follows what becomes of its post.
    refetchInterval: ({ state }) => (state.data ? nextLook(state.data) : false),
  });
}

/** Reads a post as it is now. */
export async function fetchPost(id: string, signal?: AbortSignal): Promise<TwitterPostView> {
  const { post } = await api<PostAnswer>(`/admin/twitter/posts/${id}`, { signal });
  return post;
}

/** A post that is stored, as it was seen last. */
export type Saved = Pick<TwitterPostView, 'id' | 'revision' | 'status'>;

async function updatePost(input: TwitterPostInput, { id, revision }: Omit<Saved, 'status'>): Promise<TwitterPostView> {
  const body = { ...input, revision };
  const { post } = await api<PostAnswer>(`/admin/twitter/posts/${id}`, { method: 'POST', body });
  return post;
}

/**
 * Makes a post. The key belongs to the page that asks: if an answer was lost, what was made then is the same post, and is
 * brought up to date.
 */
async function createPost(input: TwitterPostInput, key: string): Promise<TwitterPostView> {
  try {
    const body = { ...input, idempotency_key: key };
    const { post } = await api<PostAnswer>('/admin/twitter/posts', { method: 'POST', body });
    return post;
  } catch (error) {
    if (!(error instanceof ApiError) || error.postId === undefined) throw error;
    return updatePost(input, await fetchPost(error.postId));
  }
}

/** What is to be stored: a post with a key that names the request, or a change of one that is stored. */
export type SaveInput = { input: TwitterPostInput } & ({ key: string; saved?: undefined } | { saved: Saved });

const savePost = (save: SaveInput): Promise<TwitterPostView> =>
  save.saved ? updatePost(save.input, save.saved) : createPost(save.input, save.key);

/** Publishes a post as the caller saw it: a revision that is not the newest is refused. */
export async function publishPost({
  id,
  revision,
}: Pick<TwitterPostView, 'id' | 'revision'>): Promise<TwitterPostView> {
  const call = { method: 'POST', body: { revision } } as const;
  const { post } = await api<PostAnswer>(`/admin/twitter/posts/${id}/publish`, call);
  return post;
}

/** A change of one post; all lists are read again after it. */
function usePostMutation<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: keys.allPosts }),
  });
}

export const useSavePost = () => usePostMutation(savePost);

export const usePublishPost = () => usePostMutation(publishPost);

export const useDeletePost = () =>
  usePostMutation((id: string) => api(`/admin/twitter/posts/${id}`, { method: 'DELETE' }));

export const useResolvePost = (id: string) =>
  usePostMutation((body: ResolveInput) => api(`/admin/twitter/posts/${id}/resolve`, { method: 'POST', body }));
