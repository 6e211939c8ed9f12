import { Container } from '@medusajs/ui';
import { useRef } from 'react';
import { Navigate, useLocation, useParams } from 'react-router-dom';
import type { TwitterPostView } from '../../../../../../types/http';
import { Composer } from '../../../../../components/composer/composer';
import type { Refusal } from '../../../../../components/composer/use-composer';
import { LoadError } from '../../../../../components/load-error';
import { PageSkeleton } from '../../../../../components/page-skeleton';
import { currentTexts } from '../../../../../i18n/use-texts';
import { usePost } from '../../../../../lib/posts';
import { isEditable } from '../../../../../lib/statuses';

export default function EditPostPage() {
  const { id = '' } = useParams();
  const state = useLocation().state as { refusal?: Refusal } | null;
  const { data, error, isFetchedAfterMount, refetch } = usePost(id);
  // As it was when it was opened: what happens to it meanwhile is shown when it is saved, and loses nothing.
  const opened = useRef<TwitterPostView>();
  if (isFetchedAfterMount) opened.current ??= data;
  const post = opened.current;
  if (!isFetchedAfterMount) return <PageSkeleton />;
  if (!post) {
    return (
      <Container className="p-0">
        <LoadError error={error} onRetry={() => void refetch()} />
      </Container>
    );
  }
  if (!isEditable(post)) return <Navigate to={`/twitter/posts/${id}`} replace />;
  return <Composer key={id} post={post} refusal={state?.refusal} />;
}

export const handle = { breadcrumb: () => currentTexts().t('menu.edit') };
