import { Plus } from '@medusajs/icons';
import { Button, Text } from '@medusajs/ui';
import { useId } from 'react';
import { useTexts } from '../../i18n/use-texts';
import { changed, type DraftMedium, filledMedia, MAX_MEDIA, moved, newMedium, without } from '../../lib/draft';
import type { PartProblems } from '../../lib/validation';
import { ProblemList } from '../problem-list';
import { MediumRow } from './medium-row';

interface MediaFieldProps {
  /** Of which part of a thread; counted from 1. */
  part: number;
  media: DraftMedium[];
  onChange: (media: DraftMedium[]) => void;
  problems: Pick<PartProblems, 'media' | 'medium'>;
  /** Why there can be none. */
  excluded: string | null;
}

/** The media of one part, at most four. */
export function MediaField({ part, media, onChange, problems, excluded }: MediaFieldProps) {
  const id = useId();
  const { t } = useTexts();
  const isFirst = part === 1;
  const placeOf = (number: number) =>
    isFirst ? t('media.place', { number }) : t('media.placeInPart', { number, part });
  const sent = filledMedia({ key: '', caption: '', media });
  return (
    <div className="flex flex-col gap-y-3">
      {media.length > 0 && (
        <ul
          aria-label={isFirst ? t('composer.media.list') : t('composer.media.listOfPart', { part })}
          aria-describedby={id}
          className="flex flex-col gap-y-3"
        >
          {media.map((medium, index) => (
            <MediumRow
              key={medium.key}
              place={placeOf(index + 1)}
              medium={medium}
              problems={sent.includes(medium) ? problems.medium(sent.indexOf(medium)) : []}
              isFirst={index === 0}
              isLast={index === media.length - 1}
              onChange={(change) => onChange(changed(media, index, change))}
              onMove={(by) => onChange(moved(media, index, index + by))}
              onRemove={() => onChange(without(media, index))}
            />
          ))}
        </ul>
      )}
      <ProblemList id={id} problems={problems.media} />
      <div className="flex items-center gap-x-3">
        <Button
          size="small"
          variant="secondary"
          aria-label={isFirst ? t('composer.media.add') : t('composer.media.addToPart', { part })}
          disabled={excluded !== null || media.length >= MAX_MEDIA}
          onClick={() => onChange([...media, newMedium()])}
        >
          <Plus />
          {t('composer.media.add')}
        </Button>
        <Text size="xsmall" className="text-ui-fg-subtle">
          {excluded ?? t('composer.media.limit', { limit: MAX_MEDIA })}
        </Text>
      </div>
    </div>
  );
}
