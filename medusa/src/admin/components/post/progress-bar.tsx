import { Text } from '@medusajs/ui';
import type { MediaProgressView } from '../../../types/http';
import { formatBytes } from '../../lib/format';

interface ProgressBarProps {
  name: string;
  progress: MediaProgressView;
}

function percentOf({ phase, bytes_sent, total_bytes, processing_percent = 0 }: MediaProgressView): number {
  if (phase === 'ready') return 100;
  if (phase === 'processing') return processing_percent;
  return total_bytes === 0 ? 0 : Math.min(100, Math.round((bytes_sent / total_bytes) * 100));
}

function wordsOf(progress: MediaProgressView): string {
  const { phase, bytes_sent, total_bytes } = progress;
  if (phase === 'ready') return `Ready · ${formatBytes(total_bytes)}`;
  if (phase === 'processing') return `X is processing it · ${percentOf(progress)} %`;
  return `Uploading · ${formatBytes(bytes_sent)} of ${formatBytes(total_bytes)}`;
}

const COLOURS = {
  uploading: 'bg-ui-bg-interactive',
  processing: 'bg-ui-tag-purple-icon',
  ready: 'bg-ui-tag-green-icon',
};

/** How far one medium is, in the phase that it is in. */
export function ProgressBar({ name, progress }: ProgressBarProps) {
  const percent = percentOf(progress);
  return (
    <li className="flex flex-col gap-y-1.5">
      <div className="flex justify-between gap-x-4">
        <Text size="small" leading="compact" weight="plus">
          {name}
        </Text>
        <Text size="small" leading="compact" className="text-ui-fg-subtle tabular-nums">
          {wordsOf(progress)}
        </Text>
      </div>
      <div
        role="progressbar"
        aria-label={name}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={wordsOf(progress)}
        className="bg-ui-bg-component-pressed h-1.5 overflow-hidden rounded-full"
      >
        <div
          className={`h-full rounded-full transition-[width] duration-200 ${COLOURS[progress.phase]}`}
          style={{ width: `${percent}%` }}
        />
      </div>
    </li>
  );
}
