import { Select } from '@medusajs/ui';
import type { TwitterPostStatus } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { POST_STATUSES } from '../../lib/statuses';

interface StatusFilterProps {
  value: TwitterPostStatus | undefined;
  onChange: (status: TwitterPostStatus | undefined) => void;
}

/** A select has no empty value. */
const ALL = 'all';

/** Which posts are shown, by how they stand. */
export function StatusFilter({ value, onChange }: StatusFilterProps) {
  const { t } = useTexts();
  const onValueChange = (chosen: string) => onChange(chosen === ALL ? undefined : (chosen as TwitterPostStatus));
  return (
    <Select size="small" value={value ?? ALL} onValueChange={onValueChange}>
      <Select.Trigger aria-label={t('posts.columns.status')} className="w-44">
        <Select.Value />
      </Select.Trigger>
      <Select.Content>
        <Select.Item value={ALL}>{t('posts.allPosts')}</Select.Item>
        {(Object.keys(POST_STATUSES) as TwitterPostStatus[]).map((status) => (
          <Select.Item key={status} value={status}>
            {t(`status.post.${status}`)}
          </Select.Item>
        ))}
      </Select.Content>
    </Select>
  );
}
