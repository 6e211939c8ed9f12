import type { AdminProduct } from '@medusajs/framework/types';
import { Container, Text } from '@medusajs/ui';
import { Link } from 'react-router-dom';
import { useTexts } from '../../i18n/use-texts';
import { usePosts } from '../../lib/posts';
import { LoadError } from '../load-error';
import { PostStatusBadge } from '../post-status-badge';
import { PostTime } from '../posts/post-time';
import { SectionHeader } from '../section-header';
import { ProductPostDrawer } from './product-post-drawer';

const SHOWN = 5;

/** The posts of a product, and how to make another. */
export function ProductPosts({ product }: { product: AdminProduct }) {
  const { t } = useTexts();
  const { data, error, refetch } = usePosts({ product_id: product.id, limit: SHOWN });
  return (
    <Container className="divide-y p-0">
      <SectionHeader title={t('product.title')}>
        <ProductPostDrawer product={product} />
      </SectionHeader>
      {error && <LoadError error={error} onRetry={() => void refetch()} />}
      {data?.count === 0 && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {t('product.none')}
        </Text>
      )}
      {data && data.count > 0 && (
        <ul aria-label={t('product.list')} className="divide-y">
          {data.posts.map((post) => (
            <li key={post.id}>
              <Link
                to={`/twitter/posts/${post.id}`}
                className="hover:bg-ui-bg-base-hover flex items-center justify-between gap-x-4 px-6 py-3"
              >
                <span className="flex min-w-0 flex-col">
                  <Text as="span" size="small" leading="compact" weight="plus" className="truncate">
                    {post.caption || t('common.noText')}
                  </Text>
                  <Text as="span" size="xsmall" className="text-ui-fg-subtle">
                    <PostTime post={post} />
                  </Text>
                </span>
                <PostStatusBadge status={post.status} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {data && data.count > SHOWN && (
        <Text size="xsmall" className="text-ui-fg-subtle px-6 py-3">
          {t('product.newest', { shown: SHOWN, count: data.count })}
        </Text>
      )}
    </Container>
  );
}
