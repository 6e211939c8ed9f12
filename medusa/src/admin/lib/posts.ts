import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ResolveInput, TwitterPostInput, TwitterPostView } from '../../types/http';
import { api } from './api';
import { keys, type PostsQuery } from './keys';

interface PostAnswer {
  post: TwitterPostView;
}

interface PostsAnswer {
  posts: TwitterPostView[];
  count: number;
}

/** How often a list is read again while one of its posts is on its way. */
const WATCH_MS = 3000;

export function usePosts(query: PostsQuery) {
  return useQuery({
    queryKey: keys.posts(query),
    queryFn: ({ signal }) => api<PostsAnswer>('/admin/twitter/posts', { query: { ...query }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.posts.some(({ status }) => status === 'publishing') ? WATCH_MS : false,
  });
}

export function usePost(id: string) {
  return useQuery({
    queryKey: keys.post(id),
    queryFn: ({ signal }) => fetchPost(id, signal),
    refetchOnMount: 'always',
  });
}

/** Reads a post as it is now. */
export async function fetchPost(id: string, signal?: AbortSignal): Promise<TwitterPostView> {
  const { post } = await api<PostAnswer>(`/admin/twitter/posts/${id}`, { signal });
  return post;
}

/** Makes a post, or changes the one with this id. */
export async function savePost(input: TwitterPostInput, saved?: { id: string; revision: number }) {
  const path = saved ? `/admin/twitter/posts/${saved.id}` : '/admin/twitter/posts';
  const body = saved ? { ...input, revision: saved.revision } : input;
  const { post } = await api<PostAnswer>(path, { method: 'POST', body });
  return post;
}

/** Publishes a post as the caller saw it: a revision that is not the newest is refused. */
export async function publishPost({
  id,
  revision,
}: Pick<TwitterPostView, 'id' | 'revision'>): Promise<TwitterPostView> {
  const call = { method: 'POST', body: { revision } } as const;
  const { post } = await api<PostAnswer>(`/admin/twitter/posts/${id}/publish`, call);
  return post;
}

/** A change of one post; all lists are read again behind it. */
function usePostMutation<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: keys.allPosts }),
  });
}

export const useSavePost = () =>
  usePostMutation(({ input, saved }: { input: TwitterPostInput; saved?: { id: string; revision: number } }) =>
    savePost(input, saved),
  );

export const usePublishPost = () => usePostMutation(publishPost);

export const useDeletePost = () =>
  usePostMutation((id: string) => api(`/admin/twitter/posts/${id}`, { method: 'DELETE' }));

export const useResolvePost = (id: string) =>
  usePostMutation((body: ResolveInput) => api(`/admin/twitter/posts/${id}/resolve`, { method: 'POST', body }));
