import { Container } from '@medusajs/ui';
import { Navigate, useLocation, useParams } from 'react-router-dom';
import { Composer } from '../../../../../components/composer/composer';
import type { Refusal } from '../../../../../components/composer/use-composer';
import { LoadError } from '../../../../../components/load-error';
import { PageSkeleton } from '../../../../../components/page-skeleton';
import { usePost } from '../../../../../lib/posts';
import { isEditable } from '../../../../../lib/statuses';

export default function EditPostPage() {
  const { id = '' } = useParams();
  const state = useLocation().state as { refusal?: Refusal } | null;
  const { data: post, error, isPending, refetch } = usePost(id);
  if (isPending) return <PageSkeleton />;
  if (!post) {
    return (
      <Container className="p-0">
        <LoadError error={error} onRetry={() => void refetch()} />
      </Container>
    );
  }
  if (!isEditable(post)) return <Navigate to={`/social/posts/${id}`} replace />;
  return <Composer key={id} post={post} refusal={state?.refusal} />;
}

export const handle = { breadcrumb: () => 'Edit' };
