import { Text } from '@medusajs/ui';
import type { ProbeView } from '../../../types/http';
import type { Texts } from '../../i18n/texts';
import { useTexts } from '../../i18n/use-texts';
import { formatDuration } from '../../lib/format';
import { useProbe } from '../../lib/probe';
import { errorInWords } from '../../lib/server-messages';
import { MessageList, ProblemList } from '../problem-list';

/** `JPEG · 800 × 600 · 120 KB` */
function factsOf({ t, format }: Texts, probe: ProbeView): string {
  const { content_type, width, height, duration_ms, frames, bytes } = probe;
  const kind = content_type?.split('/')[1]?.toUpperCase();
  const facts = [
    kind,
    width && height && `${width} × ${height}`,
    duration_ms && formatDuration(duration_ms),
    frames && frames > 1 && t('composer.media.frames', { count: frames }),
    bytes !== null && format.bytes(bytes),
  ];
  return facts.filter(Boolean).join(' · ');
}

/** What the server finds at a medium's address. */
export function ProbeNote({ id, url }: { id: string; url: string }) {
  const texts = useTexts();
  const { data: probe, error, isFetching, isTyping } = useProbe(url);
  if (url.trim() === '') return null;
  if (isFetching || isTyping) {
    return (
      <Text size="xsmall" className="text-ui-fg-subtle">
        {texts.t('composer.media.checking')}
      </Text>
    );
  }
  if (error) return <MessageList id={id} messages={[errorInWords(texts, error)]} />;
  if (!probe) return null;
  return (
    <div id={id} className="flex flex-col gap-y-1">
      <Text size="xsmall" className="text-ui-fg-subtle">
        {factsOf(texts, probe)}
      </Text>
      {probe.removes.length > 0 && (
        <Text size="xsmall" className="text-ui-fg-subtle">
          {removalOf(texts, probe)}
        </Text>
      )}
      <ProblemList problems={probe.problems} />
      <ProblemList problems={probe.warnings} tone="warning" />
    </div>
  );
}

/** What is taken out of a picture before it goes up. */
function removalOf({ t }: Texts, { removes }: ProbeView): string {
  const key = removes.includes('GPS') ? 'composer.media.removedPlace' : 'composer.media.removed';
  return t(key, { what: removes.join(', ') });
}
