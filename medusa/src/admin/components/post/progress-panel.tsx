import { Spinner } from '@medusajs/icons';
import { Container, Text } from '@medusajs/ui';
import type { TwitterPostView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { useProgress } from '../../lib/progress';
import { SectionHeader } from '../section-header';
import { ProgressBar } from './progress-bar';

/** How many media a part has; the post itself is part 0. */
function mediaOfPart({ media_attachments, thread }: TwitterPostView, part: number): number {
  const media = part === 0 ? media_attachments : thread[part - 1]?.media_attachments;
  return media?.length ?? 0;
}

/** What a post's publish is doing, as it happens. */
export function ProgressPanel({ post }: { post: TwitterPostView }) {
  const { t } = useTexts();
  const { progress, lost } = useProgress(post.id, post.status === 'publishing');
  const { phase = 'waiting', part = 0, parts = 1 + post.thread.length, media = [] } = progress ?? {};
  const expected = mediaOfPart(post, part);
  return (
    <Container className="divide-y p-0" role="group" aria-label={t('post.progress.label')}>
      <SectionHeader title={t('post.progress.title')} subtitle={t('post.progress.subtitle')} />
      <div className="flex flex-col gap-y-5 px-6 py-5">
        <div className="flex items-center gap-x-2" role="status">
          <Spinner className="text-ui-fg-interactive animate-spin" />
          <Text size="small">
            {t(`post.progress.phases.${phase}`)}
            {parts > 1 && ` · ${t('post.progress.part', { part: part + 1, parts })}`}
          </Text>
        </div>
        {expected > 0 && (
          <ul className="flex flex-col gap-y-4">
            {Array.from({ length: expected }, (_, index) => (
              <ProgressBar
                // biome-ignore lint/suspicious/noArrayIndexKey: a medium's index is what it is known by
                key={`${part}-${index}`}
                name={t('media.number', { number: index + 1 })}
                progress={media.find(({ media_index }) => media_index === index)}
              />
            ))}
          </ul>
        )}
        {lost && (
          <Text size="small" className="text-ui-tag-orange-text">
            {t('post.progress.lost')}
          </Text>
        )}
      </div>
    </Container>
  );
}
