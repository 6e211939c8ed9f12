import { Trash } from '@medusajs/icons';
import { Button, IconButton, Input, Label, Select } from '@medusajs/ui';
import { useId } from 'react';
import type { PollInput, ProblemView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { without } from '../../lib/draft';
import { POLL_DURATIONS } from '../../lib/poll-duration';
import { ProblemList } from '../problem-list';

interface PollFieldProps {
  poll: PollInput;
  onChange: (poll: PollInput | null) => void;
  problems: ProblemView[];
}

const MIN_OPTIONS = 2;
const MAX_OPTIONS = 4;

/** A poll's choices, and how long it is open. */
export function PollField({ poll, onChange, problems }: PollFieldProps) {
  const { t, format } = useTexts();
  const id = useId();
  const { options, duration_minutes: minutes } = poll;
  const setOption = (at: number, value: string) =>
    onChange({ ...poll, options: options.map((option, index) => (index === at ? value : option)) });
  const durations = POLL_DURATIONS.includes(minutes) ? POLL_DURATIONS : [...POLL_DURATIONS, minutes];
  return (
    <fieldset
      aria-label={t('common.poll')}
      aria-describedby={`${id}-problems`}
      className="bg-ui-bg-component shadow-elevation-card-rest flex flex-col gap-y-3 rounded-lg p-4"
    >
      <div className="flex items-center justify-between">
        <span className="txt-compact-small-plus">{t('common.poll')}</span>
        <Button size="small" variant="transparent" onClick={() => onChange(null)}>
          {t('composer.poll.remove')}
        </Button>
      </div>
      {options.map((option, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: options differ by their place alone
        <div key={index} className="grid grid-cols-[72px_1fr_28px] items-center gap-x-2">
          <Label size="xsmall" htmlFor={`${id}-${index}`}>
            {t('composer.poll.choice', { number: index + 1 })}
          </Label>
          <Input id={`${id}-${index}`} value={option} onChange={({ target }) => setOption(index, target.value)} />
          <IconButton
            size="small"
            variant="transparent"
            aria-label={t('composer.poll.removeChoice', { number: index + 1 })}
            disabled={options.length <= MIN_OPTIONS}
            onClick={() => onChange({ ...poll, options: without(options, index) })}
          >
            <Trash />
          </IconButton>
        </div>
      ))}
      <div className="flex items-end justify-between gap-x-4">
        <Button
          size="small"
          variant="secondary"
          disabled={options.length >= MAX_OPTIONS}
          onClick={() => onChange({ ...poll, options: [...options, ''] })}
        >
          {t('composer.poll.addChoice')}
        </Button>
        <div className="flex w-44 flex-col gap-y-1.5">
          <Label size="xsmall" htmlFor={`${id}-duration`}>
            {t('composer.poll.openFor')}
          </Label>
          <Select
            value={String(minutes)}
            onValueChange={(value) => onChange({ ...poll, duration_minutes: Number(value) })}
          >
            <Select.Trigger id={`${id}-duration`}>
              <Select.Value />
            </Select.Trigger>
            <Select.Content>
              {durations.map((duration) => (
                <Select.Item key={duration} value={String(duration)}>
                  {format.minutes(duration)}
                </Select.Item>
              ))}
            </Select.Content>
          </Select>
        </div>
      </div>
      <ProblemList id={`${id}-problems`} problems={problems} />
    </fieldset>
  );
}
