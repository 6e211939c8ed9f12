import { Container } from '@medusajs/ui';
import { useParams } from 'react-router-dom';
import { LoadError } from '../../../../components/load-error';
import { PageSkeleton } from '../../../../components/page-skeleton';
import { History } from '../../../../components/post/history';
import { InsightsPanel } from '../../../../components/post/insights-panel';
import { PostContent } from '../../../../components/post/post-content';
import { PostHeader } from '../../../../components/post/post-header';
import { ProgressPanel } from '../../../../components/post/progress-panel';
import { UnknownOutcome } from '../../../../components/post/unknown-outcome';
import { currentTexts } from '../../../../i18n/use-texts';
import { usePost } from '../../../../lib/posts';

export default function PostPage() {
  const { id = '' } = useParams();
  const { data: post, error, isPending, refetch } = usePost(id);
  if (isPending) return <PageSkeleton />;
  if (!post) {
    return (
      <Container className="p-0">
        <LoadError error={error} onRetry={() => void refetch()} />
      </Container>
    );
  }
  return (
    <div className="isolate grid grid-cols-1 items-start gap-3 xl:grid-cols-[minmax(0,1fr)_440px]">
      <div className="flex min-w-0 flex-col gap-y-3">
        <PostHeader post={post} />
        {post.status === 'publishing' && <ProgressPanel post={post} />}
        {post.status === 'unknown' && <UnknownOutcome post={post} />}
        {post.status === 'posted' && <InsightsPanel post={post} />}
      </div>
      <div className="flex min-w-0 flex-col gap-y-3">
        <PostContent post={post} />
        <History post={post} />
      </div>
    </div>
  );
}

export const handle = { breadcrumb: () => currentTexts().t('menu.post') };
