import { defineRouteConfig } from '@medusajs/admin-sdk';
import { Container } from '@medusajs/ui';
import { PostsTable } from '../../../components/posts/posts-table';

export default function PostsPage() {
  return (
    <Container className="p-0">
      <PostsTable />
    </Container>
  );
}

export const config = defineRouteConfig({ label: 'Posts', rank: 1 });

export const handle = { breadcrumb: () => 'Posts' };
