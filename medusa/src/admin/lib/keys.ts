/** Which posts a list shows. */
export interface PostsQuery {
  status?: string;
  account_id?: string;
  product_id?: string;
  q?: string;
  limit?: number;
  offset?: number;
}

/** The keys of what the pages keep; the first word keeps them apart from the dashboard's own. */
export const keys = {
  accounts: ['twitter', 'accounts'] as const,
  costs: ['twitter', 'costs'] as const,
  allPosts: ['twitter', 'posts'] as const,
  posts: (query: PostsQuery) => ['twitter', 'posts', 'list', query] as const,
  post: (id: string) => ['twitter', 'posts', 'one', id] as const,
  product: (id: string) => ['twitter', 'product', id] as const,
  insights: (id: string) => ['twitter', 'posts', 'insights', id] as const,
  validation: (content: string) => ['twitter', 'validation', content] as const,
  probe: (url: string) => ['twitter', 'probe', url] as const,
};
