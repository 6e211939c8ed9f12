import { Container, Text } from '@medusajs/ui';
import type { ActivityEntry, TwitterPostView } from '../../../types/http';
import type { Texts } from '../../i18n/texts';
import { useTexts } from '../../i18n/use-texts';
import { Details } from '../details';
import { SectionHeader } from '../section-header';

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

function actorOf({ t }: Texts, { actor, actor_type: type }: ActivityEntry): string {
  if (actor) return actor;
  if (!type) return t('post.history.actors.gone');
  return type === 'api-key' ? t('post.history.actors.apiKey') : sentenceOf(type);
}

/** What became of a post; a shop's own workflow may begin a publish with an event of its own. */
function eventInWords({ t, has }: Texts, event: string): string {
  const key = `post.history.events.${event}`;
  return has(key) ? t(key as 'post.history.events.published') : sentenceOf(event);
}

/** What people did with a post, and what became of it, the newest first. */
function entriesOf(texts: Texts, { activity = [], intent }: TwitterPostView): Entry[] {
  const deeds = activity.map((entry) => ({
    ...{ at: entry.at, words: texts.t(`post.history.deeds.${entry.event}`) },
    actor: actorOf(texts, entry),
  }));
  const events = (intent?.history ?? []).map(({ at, event, detail }) => ({
    ...{ at, words: eventInWords(texts, event), detail },
  }));
  return [...deeds, ...events].sort((one, other) => other.at.localeCompare(one.at));
}

/** Who did what with a post, and how its publish went. */
export function History({ post }: { post: TwitterPostView }) {
  const texts = useTexts();
  const { t, format } = texts;
  const entries = entriesOf(texts, post);
  if (entries.length === 0) return null;
  return (
    <Container className="divide-y p-0">
      <SectionHeader title={t('post.history.title')} />
      <ol aria-label={t('post.history.title')} className="flex flex-col gap-y-4 px-6 py-4">
        {entries.map(({ at, words, actor, detail }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two events may be equal in all they say
          <li key={index} className="flex flex-col gap-y-0.5">
            <div className="flex items-baseline justify-between gap-x-4">
              <Text size="small" leading="compact" weight="plus">
                {words}
              </Text>
              <time dateTime={at} className="txt-compact-xsmall text-ui-fg-subtle whitespace-nowrap">
                {format.dateTime(at)}
              </time>
            </div>
            {actor && (
              <Text size="small" className="text-ui-fg-subtle break-words">
                {actor}
              </Text>
            )}
            <Details>{detail}</Details>
          </li>
        ))}
      </ol>
    </Container>
  );
}
