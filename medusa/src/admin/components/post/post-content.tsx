import { Container } from '@medusajs/ui';
import { useMemo } from 'react';
import type { TwitterPostView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { draftOf } from '../../lib/draft';
import { Preview } from '../preview/preview';
import { SectionHeader } from '../section-header';

/** A post's words and media, as they look on X. */
export function PostContent({ post }: { post: TwitterPostView }) {
  const { t } = useTexts();
  const { parts, poll } = useMemo(() => draftOf(post), [post]);
  const profile = post.account?.profile ?? null;
  return (
    <Container className="p-0">
      <SectionHeader title={t('post.content')} subtitle={profile ? `@${profile.username}` : undefined} />
      <div className="px-4 pb-4">
        <Preview profile={profile} parts={parts} poll={poll} postedAt={post.posted_at} />
      </div>
    </Container>
  );
}
