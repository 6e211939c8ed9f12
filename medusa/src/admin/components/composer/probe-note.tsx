import { Text } from '@medusajs/ui';
import type { ProbeView } from '../../../types/http';
import { messageOf } from '../../lib/api';
import { formatBytes, formatDuration } from '../../lib/format';
import { useProbe } from '../../lib/probe';
import { ProblemList } from '../problem-list';

/** `JPEG · 800 × 600 · 120 KB` */
function factsOf({ content_type, width, height, duration_ms, frames, bytes }: ProbeView): string {
  const kind = content_type?.split('/')[1]?.toUpperCase();
  const facts = [
    kind,
    width && height && `${width} × ${height}`,
    duration_ms && formatDuration(duration_ms),
    frames && frames > 1 && `${frames} frames`,
    bytes !== null && formatBytes(bytes),
  ];
  return facts.filter(Boolean).join(' · ');
}

/** What the server finds behind a medium's address. */
export function ProbeNote({ id, url }: { id: string; url: string }) {
  const { data: probe, error, isFetching, isTyping } = useProbe(url);
  if (url.trim() === '') return null;
  if (isFetching || isTyping) {
    return (
      <Text size="xsmall" className="text-ui-fg-subtle">
        Looking at the file …
      </Text>
    );
  }
  if (error) return <ProblemList id={id} problems={[{ code: 'PROBE', message: messageOf(error) }]} />;
  if (!probe) return null;
  return (
    <div id={id} className="flex flex-col gap-y-1">
      <Text size="xsmall" className="text-ui-fg-subtle">
        {factsOf(probe)}
      </Text>
      <ProblemList problems={probe.problems} />
      <ProblemList problems={probe.warnings} tone="warning" />
    </div>
  );
}
