import { Button, Container, Text, toast } from '@medusajs/ui';
import type { ResolveInput, TwitterPostView } from '../../../types/http';
import { messageOf } from '../../lib/api';
import { formatDateTime } from '../../lib/format';
import { useLook } from '../../lib/look';
import { useResolvePost } from '../../lib/posts';
import { ConfirmButton } from '../confirm-button';
import { SectionHeader } from '../section-header';
import { ClaimForm } from './claim-form';

type Seen = NonNullable<TwitterPostView['intent']>['seen'];

/** What the last look at the timeline said. */
function seenInWords(seen: Seen): string {
  if (!seen) return 'When it was published, the timeline did not tell either.';
  const when = formatDateTime(seen.at);
  switch (seen.outcome) {
    case 'not_found':
      return `The timeline did not show it at ${when}. X's timelines may lag, so that is no proof.`;
    case 'ambiguous':
      return `At ${when} the timeline showed several posts that could be it.`;
    case 'error':
      return `The timeline could not be read at ${when}.`;
    case 'published':
      return `The timeline showed it at ${when}.`;
  }
}

/** For a post that X may have taken: what is known, and a person's decision. */
export function UnknownOutcome({ post }: { post: TwitterPostView }) {
  const resolve = useResolvePost(post.id);
  const seen = post.intent?.seen ?? null;
  const { isLooking, look } = useLook(seen?.at, () => resolve.mutateAsync({ action: 'check' }));
  const decide = (decision: ResolveInput) =>
    resolve.mutate(decision, {
      onError: (error) => toast.error('Nothing was changed', { description: messageOf(error) }),
    });
  return (
    <Container className="divide-y p-0" role="group" aria-label="Unknown outcome">
      <SectionHeader
        title="Is it on X?"
        subtitle="X may have taken this post, and did not say so. It is never sent again by itself."
      >
        <Button size="small" variant="secondary" isLoading={isLooking} onClick={look}>
          Look again
        </Button>
      </SectionHeader>
      <div className="px-6 py-4">
        <Text size="small" role="status">
          {isLooking
            ? 'Looking at the timeline, which may take a minute or two. This page may be left meanwhile …'
            : seenInWords(seen)}
        </Text>
      </div>
      {post.thread.length > 0 ? (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          You see the part in doubt on X: look again. Once the timeline shows it, the thread goes on behind it.
        </Text>
      ) : (
        <ClaimForm
          candidates={seen?.candidates ?? []}
          username={post.account?.profile?.username}
          isBusy={resolve.isPending}
          onClaim={(tweet_id) => decide({ action: 'published', tweet_id })}
        />
      )}
      <div className="flex flex-wrap items-center justify-between gap-3 px-6 py-4">
        <Text size="small" className="text-ui-fg-subtle">
          You have looked at the account's timeline, and it is not there:
        </Text>
        <div className="flex gap-x-2">
          <ConfirmButton
            title="Give this post up?"
            description="The post becomes “Failed” and is not sent again. Should it be on X after all, it stays there."
            confirm="Give up"
            danger
            disabled={resolve.isPending}
            onConfirm={() => decide({ action: 'abandon' })}
          >
            Give up
          </ConfirmButton>
          <ConfirmButton
            title="Publish this post again?"
            description="If the first one is on X after all, it will be there twice. Look at the account's timeline first, replies included."
            confirm="It is not on X, publish again"
            danger
            disabled={resolve.isPending}
            onConfirm={() => decide({ action: 'retry' })}
          >
            It is not on X: publish again
          </ConfirmButton>
        </div>
      </div>
    </Container>
  );
}
