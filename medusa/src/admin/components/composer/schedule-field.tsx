import { DatePicker, Label, Text } from '@medusajs/ui';
import { useId } from 'react';
import type { Texts } from '../../i18n/texts';
import { useTexts } from '../../i18n/use-texts';
import { isPast } from '../../lib/hindrance';

interface ScheduleFieldProps {
  value: Date | null;
  /** The post goes out at its time already. */
  isScheduled: boolean;
  onChange: (value: Date | null) => void;
}

function noteOf({ t }: Texts, value: Date | null, isScheduled: boolean): string {
  if (value && isPast(value)) return t('composer.schedule.past');
  if (!value && isScheduled) return t('composer.schedule.missing');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return isScheduled ? t('composer.schedule.zone', { zone }) : t('composer.schedule.zoneAndEmpty', { zone });
}

/** When a post goes out by itself. */
export function ScheduleField({ value, isScheduled, onChange }: ScheduleFieldProps) {
  const texts = useTexts();
  const id = useId();
  const isWrong = value === null ? isScheduled : isPast(value);
  return (
    <div className="flex flex-col gap-y-2">
      <Label size="small" weight="plus" id={id}>
        {texts.t('composer.schedule.label')}
      </Label>
      <DatePicker
        aria-labelledby={id}
        aria-describedby={`${id}-note`}
        isInvalid={isWrong}
        granularity="minute"
        shouldCloseOnSelect={false}
        value={value}
        onChange={onChange}
      />
      <Text id={`${id}-note`} size="xsmall" className={isWrong ? 'text-ui-fg-error' : 'text-ui-fg-subtle'}>
        {noteOf(texts, value, isScheduled)}
      </Text>
    </div>
  );
}
