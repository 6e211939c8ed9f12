import { defineRouteConfig } from '@medusajs/admin-sdk';
import { Container } from '@medusajs/ui';
import { PostsTable } from '../../../components/posts/posts-table';
import { currentTexts } from '../../../i18n/use-texts';

export default function PostsPage() {
  return (
    <Container className="p-0">
      <PostsTable />
    </Container>
  );
}

export const config = defineRouteConfig({
  label: 'menu.posts',
  translationNs: 'medusa-plugin-twitter',
  rank: 1,
});

export const handle = { breadcrumb: () => currentTexts().t('menu.posts') };
