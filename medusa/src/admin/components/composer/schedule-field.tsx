import { DatePicker, Label, Text } from '@medusajs/ui';
import { useId } from 'react';
import { isPast } from '../../lib/hindrance';

interface ScheduleFieldProps {
  value: Date | null;
  /** The post goes out at its time already. */
  isScheduled: boolean;
  onChange: (value: Date | null) => void;
}

function noteOf(value: Date | null, isScheduled: boolean): string {
  if (value && isPast(value)) return 'This time is past: choose one to come, or publish the post now.';
  if (!value && isScheduled) return 'Choose a time, or unschedule the post.';
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return `Your time, ${zone}. ${isScheduled ? '' : 'Leave it empty to publish by hand.'}`;
}

/** When a post goes out by itself. */
export function ScheduleField({ value, isScheduled, onChange }: ScheduleFieldProps) {
  const id = useId();
  const isWrong = value === null ? isScheduled : isPast(value);
  return (
    <div className="flex flex-col gap-y-2">
      <Label size="small" weight="plus" id={id}>
        Goes out at
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
        {noteOf(value, isScheduled)}
      </Text>
    </div>
  );
}
