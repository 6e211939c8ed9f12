import { DatePicker, Label, Text } from '@medusajs/ui';
import { useId } from 'react';

interface ScheduleFieldProps {
  value: Date | null;
  onChange: (value: Date | null) => void;
}

/** When a post goes out by itself. */
export function ScheduleField({ value, onChange }: ScheduleFieldProps) {
  const id = useId();
  const isPast = value !== null && value.getTime() <= Date.now();
  return (
    <div className="flex flex-col gap-y-2">
      <Label size="small" weight="plus" id={id}>
        Goes out at
      </Label>
      <DatePicker
        aria-labelledby={id}
        granularity="minute"
        shouldCloseOnSelect={false}
        value={value}
        onChange={onChange}
      />
      <Text size="xsmall" className={isPast ? 'text-ui-tag-orange-text' : 'text-ui-fg-muted'}>
        {isPast
          ? 'This time is past: it would go out at once.'
          : `Your time, ${Intl.DateTimeFormat().resolvedOptions().timeZone}. Leave it empty to publish by hand.`}
      </Text>
    </div>
  );
}
