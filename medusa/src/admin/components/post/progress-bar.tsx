import { clx, Text } from '@medusajs/ui';
import type { MediaProgressView } from '../../../types/http';
import type { Texts } from '../../i18n/texts';
import { useTexts } from '../../i18n/use-texts';

interface ProgressBarProps {
  name: string;
  /** Nothing before the medium's first bytes are at X; a small picture goes up in one piece. */
  progress: MediaProgressView | undefined;
}

function percentOf(progress: MediaProgressView | undefined): number {
  if (!progress) return 0;
  const { phase, bytes_sent, total_bytes, processing_percent = 0 } = progress;
  if (phase === 'ready') return 100;
  if (phase === 'processing') return processing_percent;
  return total_bytes === 0 ? 0 : Math.min(100, Math.round((bytes_sent / total_bytes) * 100));
}

function wordsOf({ t, format }: Texts, progress: MediaProgressView | undefined): string {
  if (!progress) return t('post.progress.starting');
  const { phase, bytes_sent, total_bytes } = progress;
  const total = format.bytes(total_bytes);
  if (phase === 'ready') return t('post.progress.ready', { total });
  if (phase === 'processing') return t('post.progress.processing', { share: format.percent(percentOf(progress)) });
  return t('post.progress.uploading', { sent: format.bytes(bytes_sent), total });
}

const COLOURS = {
  uploading: 'bg-ui-bg-interactive',
  processing: 'bg-ui-tag-purple-icon',
  ready: 'bg-ui-tag-green-icon',
};

/** How far one medium is, in the phase that it is in. */
export function ProgressBar({ name, progress }: ProgressBarProps) {
  const words = wordsOf(useTexts(), progress);
  const percent = percentOf(progress);
  return (
    <li className="flex flex-col gap-y-1.5">
      <div className="flex justify-between gap-x-4">
        <Text size="small" leading="compact" weight="plus">
          {name}
        </Text>
        <Text size="small" leading="compact" className="text-ui-fg-subtle tabular-nums">
          {words}
        </Text>
      </div>
      <div
        role="progressbar"
        aria-label={name}
        aria-valuenow={progress && percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={words}
        className="bg-ui-bg-component-pressed h-1.5 overflow-hidden rounded-full"
      >
        <div
          className={clx(
            'h-full rounded-full transition-[width] duration-200',
            progress ? COLOURS[progress.phase] : 'bg-ui-bg-interactive animate-pulse',
          )}
          style={{ width: progress ? `${percent}%` : '8%' }}
        />
      </div>
    </li>
  );
}
