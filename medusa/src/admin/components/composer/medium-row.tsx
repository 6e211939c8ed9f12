import { Input, Label, Textarea } from '@medusajs/ui';
import { useId } from 'react';
import type { ProblemView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { type DraftMedium, MAX_ALT_TEXT } from '../../lib/draft';
import { useProbed } from '../../lib/probe';
import { MediumTile } from '../preview/medium-tile';
import { ProblemList } from '../problem-list';
import { LengthCounter } from './length-counter';
import { OrderButtons } from './order-buttons';
import { ProbeNote } from './probe-note';

interface MediumRowProps {
  /** `1`, or `1 of part 2`. */
  place: string;
  medium: DraftMedium;
  problems: ProblemView[];
  isFirst: boolean;
  isLast: boolean;
  onChange: (change: Partial<DraftMedium>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** One medium: its address, its description, and what the server found there. */
export function MediumRow(props: MediumRowProps) {
  const { t } = useTexts();
  const { place, medium, problems, isFirst, isLast, onChange, onMove, onRemove } = props;
  const id = useId();
  const probed = useProbed(medium.url);
  const isRefused = problems.length > 0 || (probed?.problems.length ?? 0) > 0;
  return (
    <li className="bg-ui-bg-component shadow-elevation-card-rest flex gap-x-4 rounded-lg p-3">
      <div className="h-20 w-20 shrink-0 overflow-hidden rounded-md">
        <MediumTile medium={{ ...medium, altText: '' }} />
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-y-3">
        <div className="flex flex-col gap-y-1.5">
          <Label size="xsmall" htmlFor={`${id}-url`}>
            {t('composer.media.url', { place })}
          </Label>
          <Input
            id={`${id}-url`}
            type="url"
            placeholder="https://"
            value={medium.url}
            aria-invalid={isRefused}
            aria-describedby={`${id}-found ${id}-problems`}
            // The kind that was stored belongs to the file at the old address.
            onChange={({ target }) => onChange({ url: target.value, type: undefined })}
          />
          <ProbeNote id={`${id}-found`} url={medium.url} />
        </div>
        <div className="flex flex-col gap-y-1.5">
          <div className="flex items-center justify-between">
            <Label size="xsmall" htmlFor={`${id}-alt`}>
              {t('composer.media.altText', { place })}
            </Label>
            <LengthCounter
              used={[...medium.altText].length}
              limit={MAX_ALT_TEXT}
              label={t('composer.caption.counted', { label: t('composer.media.altText', { place }) })}
            />
          </div>
          <Textarea
            id={`${id}-alt`}
            rows={2}
            placeholder={t('composer.media.altTextHelp')}
            value={medium.altText}
            onChange={({ target }) => onChange({ altText: target.value })}
          />
        </div>
        <ProblemList id={`${id}-problems`} problems={problems} />
      </div>
      <div className="flex shrink-0 flex-col gap-y-1">
        <OrderButtons
          what={t('composer.media.what', { place })}
          isFirst={isFirst}
          isLast={isLast}
          onMove={onMove}
          onRemove={onRemove}
        />
      </div>
    </li>
  );
}
