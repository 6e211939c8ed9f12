import { Button, Container } from '@medusajs/ui';
import type { PollInput, ValidationView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { type DraftPart, newPoll } from '../../lib/draft';
import { isEmptiness, sortProblems } from '../../lib/validation';
import { ProblemList } from '../problem-list';
import { SectionHeader } from '../section-header';
import { CaptionField } from './caption-field';
import { MediaField } from './media-field';
import { OrderButtons } from './order-buttons';
import { PollField } from './poll-field';

interface PartEditorProps {
  /** Counted from 0. */
  index: number;
  /** How many there are. */
  count: number;
  part: DraftPart;
  /** Only the first part has one. */
  poll: PollInput | null;
  counted: ValidationView['parts'][number] | undefined;
  onChange: (change: Partial<DraftPart>) => void;
  onPoll: (poll: PollInput | null) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** One post: the only one, or a part of a thread. */
export function PartEditor(props: PartEditorProps) {
  const { index, count, part, poll, counted, onChange, onPoll, onMove, onRemove } = props;
  const { t } = useTexts();
  const number = index + 1;
  const problems = sortProblems(counted?.problems.filter((problem) => !isEmptiness(problem)) ?? []);
  const isThread = count > 1;
  return (
    <Container
      className="divide-y p-0"
      role="group"
      aria-label={isThread ? t('composer.part.name', { part: number }) : t('composer.part.only')}
    >
      {isThread && (
        <SectionHeader title={t('composer.part.title', { part: number, count })}>
          <OrderButtons
            what={t('composer.part.what', { part: number })}
            isFirst={index === 0}
            isLast={number === count}
            onMove={onMove}
            onRemove={onRemove}
          />
        </SectionHeader>
      )}
      <div className="flex flex-col gap-y-5 px-6 py-5">
        <CaptionField
          label={index === 0 ? t('composer.caption.label') : t('composer.caption.ofPart', { part: number })}
          value={part.caption}
          onChange={(caption) => onChange({ caption })}
          counted={counted}
          problems={problems.caption}
        />
        <MediaField
          part={number}
          media={part.media}
          onChange={(media) => onChange({ media })}
          problems={problems}
          excluded={poll ? t('composer.media.notWithPoll') : null}
        />
        {poll && <PollField poll={poll} onChange={onPoll} problems={problems.poll} />}
        {index === 0 && !poll && (
          <Button
            size="small"
            variant="transparent"
            className="self-start"
            disabled={part.media.length > 0}
            onClick={() => onPoll(newPoll())}
          >
            {part.media.length > 0 ? t('composer.poll.notWithMedia') : t('composer.poll.add')}
          </Button>
        )}
        <ProblemList problems={problems.other} />
      </div>
    </Container>
  );
}
