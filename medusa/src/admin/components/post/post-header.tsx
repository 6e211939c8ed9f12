import { ArrowUpRightOnBox } from '@medusajs/icons';
import { Button, Container, toast } from '@medusajs/ui';
import { Link, useNavigate } from 'react-router-dom';
import type { TwitterPostView } from '../../../types/http';
import { messageOf } from '../../lib/api';
import { useOneAtATime } from '../../lib/one-at-a-time';
import { useDeletePost, usePublishPost } from '../../lib/posts';
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

/** How a post stands, and what can be done with it. */
export function PostHeader({ post }: { post: TwitterPostView }) {
  const navigate = useNavigate();
  const publish = usePublishPost();
  const remove = useDeletePost();
  const { id, status, post_url: url } = post;
  const canPublish = isEditable(post) || status === 'failed';
  const { isBusy, run } = useOneAtATime();
  const onPublish = () =>
    run(async () => {
      await publish.mutateAsync(post).catch((error) => toast.error('Not published', { description: messageOf(error) }));
    });
  const onDelete = () =>
    run(async (leave) => {
      try {
        await remove.mutateAsync(id);
        leave();
        navigate('/twitter/posts', { replace: true });
      } catch (error) {
        toast.error('Not deleted', { description: messageOf(error) });
      }
    });
  const title = (
    <span className="flex items-center gap-x-3">
      Post
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
              View on X
            </a>
          </Button>
        )}
        {status !== 'publishing' && status !== 'unknown' && (
          <ConfirmButton
            title="Delete this post?"
            description={
              url
                ? 'It is deleted here, with its insights. On X it stays.'
                : 'It is deleted here. Nothing is sent to X.'
            }
            confirm="Delete"
            danger
            disabled={isBusy}
            isLoading={remove.isPending}
            onConfirm={() => void onDelete()}
          >
            Delete
          </ConfirmButton>
        )}
        {isEditable(post) && (
          <Button size="small" variant="secondary" asChild>
            <Link to={`/twitter/posts/${id}/edit`}>Edit</Link>
          </Button>
        )}
        {canPublish && (
          <Button size="small" disabled={isBusy} isLoading={publish.isPending} onClick={() => void onPublish()}>
            {status === 'failed' ? 'Publish again' : 'Publish now'}
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
