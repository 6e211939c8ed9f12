import { clx, Label } from '@medusajs/ui';
import { useId } from 'react';
import type { ProblemView, ValidationView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { ProblemList } from '../problem-list';
import { LengthCounter } from './length-counter';

interface CaptionFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** How X counts the text, once the server has said it. */
  counted: ValidationView['parts'][number] | undefined;
  problems: ProblemView[];
}

/** The field and the copy under it have to break their lines at the same places. */
const TEXT = 'txt-medium whitespace-pre-wrap break-words px-3 py-2.5 col-start-1 row-start-1';

/** A text as X counts it; what is beyond the limit is marked, by a copy of the text under the field. */
export function CaptionField({ label, value, onChange, counted, problems }: CaptionFieldProps) {
  const { t } = useTexts();
  const id = useId();
  const isTooLong = counted !== undefined && counted.weighted_length > counted.limit;
  const fits = isTooLong ? counted.fits_until : value.length;
  return (
    <div className="flex flex-col gap-y-2">
      <div className="flex items-center justify-between">
        <Label size="small" weight="plus" htmlFor={id}>
          {label}
        </Label>
        {counted && (
          <LengthCounter
            used={counted.weighted_length}
            limit={counted.limit}
            label={t('composer.caption.counted', { label })}
          />
        )}
      </div>
      <div className="bg-ui-bg-field shadow-borders-base focus-within:shadow-borders-interactive-with-active grid grid-cols-[minmax(0,1fr)] rounded-md">
        <div aria-hidden className={clx(TEXT, 'min-h-[104px] text-transparent')}>
          {value.slice(0, fits)}
          <mark className="bg-ui-tag-red-bg rounded-sm text-transparent">{value.slice(fits)}</mark>
          {/* A last line that is empty has a height too. */}
          {'\u200b'}
        </div>
        <textarea
          id={id}
          className={clx(
            TEXT,
            'text-ui-fg-base caret-ui-fg-base placeholder:text-ui-fg-subtle w-full resize-none overflow-hidden bg-transparent outline-none',
          )}
          placeholder={t('composer.caption.placeholder')}
          value={value}
          onChange={({ target }) => onChange(target.value)}
          aria-invalid={problems.length > 0}
          aria-describedby={`${id}-problems`}
        />
      </div>
      <ProblemList id={`${id}-problems`} problems={problems} />
    </div>
  );
}
