import { ArrowUpRightOnBox } from '@medusajs/icons';
import { Button, Container, toast } from '@medusajs/ui';
import { Link, useNavigate } from 'react-router-dom';
import type { TwitterPostView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { useOneAtATime } from '../../lib/one-at-a-time';
import { useDeletePost, usePublishPost } from '../../lib/posts';
import { messageOf } from '../../lib/server-messages';
import { isEditable } from '../../lib/statuses';
import { ConfirmButton } from '../confirm-button';
import { PostStatusBadge } from '../post-status-badge';
import { PostTime } from '../posts/post-time';
import { SectionHeader } from '../section-header';
import { ErrorNote } from './error-note';
import { ProductLink } from './product-link';

/** When, and about which product. */
function Subtitle({ post }: { post: TwitterPostView }) {
  return (
    <>
      <PostTime post={post} />
      {post.product_id && (
        <>
          {' · '}
          <ProductLink id={post.product_id} />
        </>
      )}
    </>
  );
}

/** The state of a post, and what can be done with it. */
export function PostHeader({ post }: { post: TwitterPostView }) {
  const texts = useTexts();
  const { t } = texts;
  const navigate = useNavigate();
  const publish = usePublishPost();
  const remove = useDeletePost();
  const { id, status, post_url: url } = post;
  const canPublish = isEditable(post) || status === 'failed';
  const { isBusy, run } = useOneAtATime();
  const onPublish = () =>
    run(async () => {
      await publish
        .mutateAsync(post)
        .catch((error) => toast.error(t('post.notPublished'), { description: messageOf(texts, error) }));
    });
  const onDelete = () =>
    run(async (leave) => {
      try {
        await remove.mutateAsync(id);
        leave();
        navigate('/twitter/posts', { replace: true });
      } catch (error) {
        toast.error(t('post.delete.failed'), { description: messageOf(texts, error) });
      }
    });
  const title = (
    <span className="flex items-center gap-x-3">
      {t('post.title')}
      <PostStatusBadge status={status} />
    </span>
  );
  return (
    <Container className="divide-y p-0">
      <SectionHeader level="h1" title={title} subtitle={<Subtitle post={post} />}>
        {url && (
          <Button size="small" variant="secondary" asChild>
            <a href={url} target="_blank" rel="noreferrer">
              <ArrowUpRightOnBox />
              {t('post.viewOnX')}
            </a>
          </Button>
        )}
        {status !== 'publishing' && status !== 'unknown' && (
          <ConfirmButton
            title={t('post.delete.title')}
            description={url ? t('post.delete.isOnX') : t('post.delete.isNotOnX')}
            confirm={t('post.delete.button')}
            danger
            disabled={isBusy}
            isLoading={remove.isPending}
            onConfirm={() => void onDelete()}
          >
            {t('post.delete.button')}
          </ConfirmButton>
        )}
        {isEditable(post) && (
          <Button size="small" variant="secondary" asChild>
            <Link to={`/twitter/posts/${id}/edit`}>{t('post.edit')}</Link>
          </Button>
        )}
        {canPublish && (
          <Button size="small" disabled={isBusy} isLoading={publish.isPending} onClick={() => void onPublish()}>
            {status === 'failed' ? t('post.publishAgain') : t('composer.actions.publish')}
          </Button>
        )}
      </SectionHeader>
      {post.error && status !== 'unknown' && (
        <div className="px-6 py-4">
          <ErrorNote post={post} />
        </div>
      )}
    </Container>
  );
}
