import { Container, Text } from '@medusajs/ui';
import type { ActivityEntry, TwitterPostView } from '../../../types/http';
import { formatDateTime } from '../../lib/format';
import { SectionHeader } from '../section-header';

const DEEDS: Record<ActivityEntry['event'], string> = {
  created: 'Created',
  changed: 'Changed',
  scheduled: 'Scheduled',
  unscheduled: 'Unscheduled',
  asked_to_publish: 'Asked to publish it',
  asked_to_look: 'Asked to look on X',
  saw_it_on_x: 'Saw it on X',
  asked_to_send_again: 'Asked to publish it again',
  gave_up: 'Gave it up',
};

interface Entry {
  at: string;
  words: string;
  /** Who did it. */
  actor?: string;
  detail?: string;
}

const sentenceOf = (event: string) => {
  const words = event.replaceAll(/[_.]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** What people did with a post, and what became of it, the newest first. */
function entriesOf({ activity = [], intent }: TwitterPostView): Entry[] {
  const deeds = activity.map(({ at, event, actor, actor_type }) => ({
    ...{ at, words: DEEDS[event] },
    actor: actor ?? (actor_type ? sentenceOf(actor_type) : 'Somebody who is gone'),
  }));
  const events = (intent?.history ?? []).map(({ at, event, detail }) => ({ at, words: sentenceOf(event), detail }));
  return [...deeds, ...events].sort((one, other) => other.at.localeCompare(one.at));
}

/** Who did what with a post, and how its publish went. */
export function History({ post }: { post: TwitterPostView }) {
  const entries = entriesOf(post);
  if (entries.length === 0) return null;
  return (
    <Container className="divide-y p-0">
      <SectionHeader title="History" />
      <ol aria-label="History" className="flex flex-col gap-y-4 px-6 py-4">
        {entries.map(({ at, words, actor, detail }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two events may be equal in all they say
          <li key={index} className="flex flex-col gap-y-0.5">
            <div className="flex items-baseline justify-between gap-x-4">
              <Text size="small" leading="compact" weight="plus">
                {words}
              </Text>
              <time dateTime={at} className="txt-compact-xsmall text-ui-fg-subtle whitespace-nowrap">
                {formatDateTime(at)}
              </time>
            </div>
            {actor && (
              <Text size="small" className="text-ui-fg-subtle break-words">
                {actor}
              </Text>
            )}
            {detail && (
              <details>
                <summary className="txt-small text-ui-fg-subtle cursor-pointer">Details</summary>
                <Text size="small" className="text-ui-fg-subtle break-words">
                  {detail}
                </Text>
              </details>
            )}
          </li>
        ))}
      </ol>
    </Container>
  );
}
