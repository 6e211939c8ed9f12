import { Text } from '@medusajs/ui';
import type { TwitterAccountView } from '../../../types/http';
import type { TextKey, Texts } from '../../i18n/texts';
import { useTexts } from '../../i18n/use-texts';
import { Details } from '../details';

const KINDS: Readonly<Record<string, TextKey & `accounts.events.kinds.${string}`>> = {
  'post.create': 'accounts.events.kinds.postCreate',
  'post.delete': 'accounts.events.kinds.postDelete',
  'like.create': 'accounts.events.kinds.like',
  'oauth.revoke': 'accounts.events.kinds.revoke',
};

function kindInWords({ t }: Texts, type: string): string {
  const key = KINDS[type];
  return key ? t(key) : type;
}

/** Which of an account's events X reports to the shop, and which it refused to. */
export function EventsNote({ events }: { events: NonNullable<TwitterAccountView['events']> }) {
  const texts = useTexts();
  const { t, format } = texts;
  const subscribedTo = events
    .filter(({ subscribed }) => subscribed)
    .map(({ event_type }) => kindInWords(texts, event_type));
  const refused = events.filter(({ subscribed }) => !subscribed);
  return (
    <>
      <Text size="small" className="text-ui-fg-subtle">
        {subscribedTo.length > 0
          ? t('accounts.events.told', { events: format.list(subscribedTo) })
          : t('accounts.events.nothing')}
      </Text>
      {refused.map(({ event_type, message }) => (
        <div key={event_type}>
          <Text size="small" className="text-ui-fg-error">
            {t('accounts.events.refused', { event: kindInWords(texts, event_type) })}
          </Text>
          <Details>{message}</Details>
        </div>
      ))}
    </>
  );
}
