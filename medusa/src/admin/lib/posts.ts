import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ResolveInput, SocialPostInput, SocialPostView } from '../../types/http';
import { api } from './api';
import { keys, type PostsQuery } from './keys';

interface PostAnswer {
  social_post: SocialPostView;
}

interface PostsAnswer {
  social_posts: SocialPostView[];
  count: number;
}

/** How often a list is read again while one of its posts is on its way. */
const WATCH_MS = 3000;

export function usePosts(query: PostsQuery) {
  return useQuery({
    queryKey: keys.posts(query),
    queryFn: ({ signal }) => api<PostsAnswer>('/admin/social-posts', { query: { ...query }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.social_posts.some(({ status }) => status === 'publishing') ? WATCH_MS : false,
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
export async function fetchPost(id: string, signal?: AbortSignal): Promise<SocialPostView> {
  const { social_post } = await api<PostAnswer>(`/admin/social-posts/${id}`, { signal });
  return social_post;
}

/** Makes a post, or changes the one with this id. */
export async function savePost(input: SocialPostInput, saved?: { id: string; revision: number }) {
  const path = saved ? `/admin/social-posts/${saved.id}` : '/admin/social-posts';
  const body = saved ? { ...input, revision: saved.revision } : input;
  const { social_post } = await api<PostAnswer>(path, { method: 'POST', body });
  return social_post;
}

/** Publishes a post as the caller saw it: a revision that is not the newest is refused. */
export async function publishPost({ id, revision }: Pick<SocialPostView, 'id' | 'revision'>): Promise<SocialPostView> {
  const call = { method: 'POST', body: { revision } } as const;
  const { social_post } = await api<PostAnswer>(`/admin/social-posts/${id}/publish`, call);
  return social_post;
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
  usePostMutation(({ input, saved }: { input: SocialPostInput; saved?: { id: string; revision: number } }) =>
    savePost(input, saved),
  );

export const usePublishPost = () => usePostMutation(publishPost);

export const useDeletePost = () =>
  usePostMutation((id: string) => api(`/admin/social-posts/${id}`, { method: 'DELETE' }));

export const useResolvePost = (id: string) =>
  usePostMutation((body: ResolveInput) => api(`/admin/social-posts/${id}/resolve`, { method: 'POST', body }));
