import { Container, Text } from '@medusajs/ui';
import type { PublishIntentView } from '../../../types/http';
import { formatDateTime } from '../../lib/format';
import { SectionHeader } from '../section-header';

const sentenceOf = (event: string) => {
  const words = event.replaceAll(/[_.]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** What happened to a post while it was published, the newest first. */
export function History({ history }: { history: PublishIntentView['history'] }) {
  if (history.length === 0) return null;
  return (
    <Container className="divide-y p-0">
      <SectionHeader title="History" />
      <ol aria-label="History" className="flex flex-col gap-y-4 px-6 py-4">
        {[...history].reverse().map(({ at, event, detail }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two events may be equal in all they say
          <li key={index} className="flex flex-col gap-y-0.5">
            <div className="flex items-baseline justify-between gap-x-4">
              <Text size="small" leading="compact" weight="plus">
                {sentenceOf(event)}
              </Text>
              <time dateTime={at} className="txt-compact-xsmall text-ui-fg-muted whitespace-nowrap">
                {formatDateTime(at)}
              </time>
            </div>
            {detail && (
              <Text size="small" className="text-ui-fg-subtle break-words">
                {detail}
              </Text>
            )}
          </li>
        ))}
      </ol>
    </Container>
  );
}
