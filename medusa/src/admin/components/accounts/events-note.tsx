import { Text } from '@medusajs/ui';
import type { TwitterAccountView } from '../../../types/http';

const sentence = new Intl.ListFormat('en', { type: 'conjunction' });

const EVENTS: Readonly<Record<string, string>> = {
  'post.create': 'new posts',
  'post.delete': 'deleted posts',
  'like.create': 'likes',
};

const inWords = (type: string) => EVENTS[type] ?? type;

/** What X tells the shop of an account, and what it refused to. */
export function EventsNote({ events }: { events: NonNullable<TwitterAccountView['events']> }) {
  const told = events.filter(({ subscribed }) => subscribed).map(({ event_type }) => inWords(event_type));
  const refused = events.filter(({ subscribed }) => !subscribed);
  return (
    <>
      <Text size="small" className="text-ui-fg-subtle">
        {told.length > 0 ? `X tells of ${sentence.format(told)}` : 'X tells of nothing yet'}
      </Text>
      {refused.map(({ event_type, message }) => (
        <Text key={event_type} size="small" className="text-ui-fg-error">
          Not of {inWords(event_type)}: {message}
        </Text>
      ))}
    </>
  );
}
