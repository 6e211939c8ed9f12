/** Which posts a list shows. */
export interface PostsQuery {
  status?: string;
  platform_id?: string;
  product_id?: string;
  q?: string;
  limit?: number;
  offset?: number;
}

/** The keys of what the pages keep; the first word keeps them apart from the dashboard's own. */
export const keys = {
  platforms: ['social', 'platforms'] as const,
  allPosts: ['social', 'posts'] as const,
  posts: (query: PostsQuery) => ['social', 'posts', 'list', query] as const,
  post: (id: string) => ['social', 'posts', 'one', id] as const,
  insights: (id: string) => ['social', 'posts', 'insights', id] as const,
  validation: (content: string) => ['social', 'validation', content] as const,
  probe: (url: string) => ['social', 'probe', url] as const,
};
