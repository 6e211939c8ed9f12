import { Select } from '@medusajs/ui';
import type { TwitterPostStatus } from '../../../types/http';
import { POST_STATUSES } from '../../lib/statuses';

interface StatusFilterProps {
  value: TwitterPostStatus | undefined;
  onChange: (status: TwitterPostStatus | undefined) => void;
}

/** A select has no empty value. */
const ALL = 'all';

/** Which posts are shown, by how they stand. */
export function StatusFilter({ value, onChange }: StatusFilterProps) {
  const onValueChange = (chosen: string) => onChange(chosen === ALL ? undefined : (chosen as TwitterPostStatus));
  return (
    <Select size="small" value={value ?? ALL} onValueChange={onValueChange}>
      <Select.Trigger aria-label="Status" className="w-44">
        <Select.Value />
      </Select.Trigger>
      <Select.Content>
        <Select.Item value={ALL}>All posts</Select.Item>
        {Object.entries(POST_STATUSES).map(([status, { label }]) => (
          <Select.Item key={status} value={status}>
            {label}
          </Select.Item>
        ))}
      </Select.Content>
    </Select>
  );
}
