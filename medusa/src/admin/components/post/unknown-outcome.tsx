import { Button, Container, Text, toast } from '@medusajs/ui';
import type { ResolveInput, TwitterPostView } from '../../../types/http';
import type { Texts } from '../../i18n/texts';
import { useTexts } from '../../i18n/use-texts';
import { useLook } from '../../lib/look';
import { useResolvePost } from '../../lib/posts';
import { messageOf } from '../../lib/server-messages';
import { ConfirmButton } from '../confirm-button';
import { SectionHeader } from '../section-header';
import { ClaimForm } from './claim-form';

type Seen = NonNullable<TwitterPostView['intent']>['seen'];

/** What the last look at the timeline said. */
function seenInWords({ t, format }: Texts, seen: Seen): string {
  if (!seen) return t('post.unknown.seen.none');
  return t(`post.unknown.seen.${seen.outcome}`, { time: format.dateTime(seen.at) });
}

/** For a post that X may have taken: what is known, and a person's decision. */
export function UnknownOutcome({ post }: { post: TwitterPostView }) {
  const texts = useTexts();
  const { t } = texts;
  const resolve = useResolvePost(post.id);
  const seen = post.intent?.seen ?? null;
  const { isLooking, look } = useLook(seen?.at, () => resolve.mutateAsync({ action: 'check' }));
  const decide = (decision: ResolveInput) =>
    resolve.mutate(decision, {
      onError: (error) => toast.error(t('post.unknown.notChanged'), { description: messageOf(texts, error) }),
    });
  return (
    <Container className="divide-y p-0" role="group" aria-label={t('post.unknown.label')}>
      <SectionHeader title={t('post.unknown.title')} subtitle={t('post.unknown.subtitle')}>
        <Button size="small" variant="secondary" isLoading={isLooking} onClick={look}>
          {t('post.unknown.look')}
        </Button>
      </SectionHeader>
      <div className="px-6 py-4">
        <Text size="small" role="status">
          {isLooking ? t('post.unknown.looking') : seenInWords(texts, seen)}
        </Text>
      </div>
      {post.thread.length > 0 ? (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {t('post.unknown.thread')}
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
          {t('post.unknown.youDoNot')}
        </Text>
        <div className="flex gap-x-2">
          <ConfirmButton
            title={t('post.unknown.giveUpTitle')}
            description={t('post.unknown.giveUpMeaning')}
            confirm={t('post.unknown.giveUp')}
            danger
            disabled={resolve.isPending}
            onConfirm={() => decide({ action: 'abandon' })}
          >
            {t('post.unknown.giveUp')}
          </ConfirmButton>
          <ConfirmButton
            title={t('post.unknown.againTitle')}
            description={t('post.unknown.againMeaning')}
            confirm={t('post.unknown.againYes')}
            danger
            disabled={resolve.isPending}
            onConfirm={() => decide({ action: 'retry' })}
          >
            {t('post.unknown.again')}
          </ConfirmButton>
        </div>
      </div>
    </Container>
  );
}
