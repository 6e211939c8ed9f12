import { Container } from '@medusajs/ui';
import { useMemo } from 'react';
import type { SocialPostView } from '../../../types/http';
import { draftOf } from '../../lib/draft';
import { Preview } from '../preview/preview';
import { SectionHeader } from '../section-header';

/** A post's words and media, as they look on X. */
export function PostContent({ post }: { post: SocialPostView }) {
  const { parts, poll } = useMemo(() => draftOf(post), [post]);
  const account = post.platform?.account ?? null;
  return (
    <Container className="p-0">
      <SectionHeader title="Content" subtitle={account ? `@${account.username}` : undefined} />
      <div className="px-4 pb-4">
        <Preview account={account} parts={parts} poll={poll} postedAt={post.posted_at} />
      </div>
    </Container>
  );
}
