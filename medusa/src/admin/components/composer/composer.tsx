import { Plus } from '@medusajs/icons';
import { Button, Container } from '@medusajs/ui';
import type { TwitterAccountView, TwitterPostView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { useAccounts } from '../../lib/accounts';
import { changed, contentOf, filledMedia, moved, newPart, without } from '../../lib/draft';
import { hindranceOf, scheduleHindranceOf, withProbedKinds } from '../../lib/hindrance';
import { useProbes } from '../../lib/probe';
import { useValidation } from '../../lib/validation';
import { Preview } from '../preview/preview';
import { SectionHeader } from '../section-header';
import { AccountField } from './account-field';
import { ComposerActions } from './composer-actions';
import { ConflictNote } from './conflict-note';
import { PartEditor } from './part-editor';
import { PriceNote } from './price-note';
import { RefusalNote } from './refusal-note';
import { ScheduleField } from './schedule-field';
import { type Refusal, useComposer } from './use-composer';

interface ComposerProps {
  /** The post that is edited; a new one without it. */
  post?: TwitterPostView;
  /** Why it was not published just now. */
  refusal?: Refusal;
}

/**
 * The account that a draft goes out as. A new one begins with the first that is connected; one whose account is gone has
 * none, since nobody chose another.
 */
function accountOf(accounts: TwitterAccountView[], chosen: string): TwitterAccountView | undefined {
  if (chosen) return accounts.find(({ id }) => id === chosen);
  return accounts.find(({ status }) => status === 'connected');
}

/** Writes a post or a thread, beside a preview of it. */
export function Composer({ post, refusal }: ComposerProps) {
  const texts = useTexts();
  const { t } = texts;
  const { data: accounts = [], isSuccess: areAccountsRead } = useAccounts();
  const composer = useComposer(post);
  const { draft, setDraft, conflict, isBusy, isScheduled } = composer;
  const { parts, poll, scheduledAt } = draft;
  const account = accountOf(accounts, draft.accountId);
  const accountId = account?.id ?? '';
  const probes = useProbes(parts.flatMap(filledMedia).map(({ url }) => url));
  const { validation, isCurrent } = useValidation(contentOf(withProbedKinds(draft, probes)));
  const hindrance =
    hindranceOf(texts, draft, accountId, probes, validation) ?? (isCurrent ? null : t('composer.hindrance.checking'));
  const setParts = (next: typeof parts) => setDraft((current) => ({ ...current, parts: next }));

  return (
    // Isolated, so that what lies over other things here lies under the dashboard's own dialogs and menus.
    <div className="isolate grid grid-cols-1 items-start gap-3 xl:grid-cols-[minmax(0,1fr)_440px]">
      {/* What is typed while it is being saved would be lost. */}
      <fieldset disabled={isBusy} className="flex min-w-0 flex-col gap-y-3">
        <Container className="before:bg-ui-bg-subtle sticky top-3 z-10 divide-y p-0 before:absolute before:-inset-x-px before:-top-3 before:h-3">
          <SectionHeader level="h1" title={post ? t('composer.editTitle') : t('composer.title')}>
            <ComposerActions
              hindrance={hindrance}
              scheduleHindrance={scheduleHindranceOf(texts, scheduledAt)}
              canSave={accountId !== ''}
              hasTime={scheduledAt !== null}
              isScheduled={isScheduled}
              isBusy={isBusy}
              onSave={() => void composer.onSave(accountId)}
              onSchedule={() => scheduledAt && void composer.onSchedule(accountId, scheduledAt)}
              onUnschedule={() => void composer.onUnschedule(accountId)}
              onPublish={() => void composer.onPublish(accountId)}
            />
          </SectionHeader>
          {(conflict || refusal) && (
            <div className="flex flex-col gap-y-3 px-6 py-4">
              {conflict && (
                <ConflictNote
                  theirs={conflict}
                  onTakeTheirs={() => composer.onTakeTheirs(conflict)}
                  onKeepMine={() => composer.onKeepMine(conflict)}
                />
              )}
              {refusal && <RefusalNote refusal={refusal} isScheduled={isScheduled} />}
            </div>
          )}
        </Container>
        <Container className="p-0">
          <div className="grid grid-cols-1 gap-5 px-6 py-5 md:grid-cols-2">
            <AccountField
              accounts={accounts}
              value={accountId}
              isGone={areAccountsRead && draft.accountId !== '' && !account}
              onChange={(id) => setDraft((current) => ({ ...current, accountId: id }))}
            />
            <ScheduleField
              value={scheduledAt}
              isScheduled={isScheduled}
              onChange={(time) => setDraft((current) => ({ ...current, scheduledAt: time }))}
            />
          </div>
          {validation && <PriceNote cost={validation.cost} />}
        </Container>
        {parts.map((part, index) => (
          <PartEditor
            key={part.key}
            index={index}
            count={parts.length}
            part={part}
            poll={index === 0 ? poll : null}
            counted={validation?.parts[index]}
            onChange={(change) => setParts(changed(parts, index, change))}
            onPoll={(next) => setDraft((current) => ({ ...current, poll: next }))}
            onMove={(by) => setParts(moved(parts, index, index + by))}
            onRemove={() => setParts(without(parts, index))}
          />
        ))}
        <Button size="small" variant="secondary" className="self-start" onClick={() => setParts([...parts, newPart()])}>
          <Plus />
          {parts.length > 1 ? t('composer.part.add') : t('composer.part.makeThread')}
        </Button>
      </fieldset>
      <Container className="p-0 xl:sticky xl:top-3">
        <SectionHeader
          title={t('preview.title')}
          subtitle={account?.profile ? t('preview.as', { username: account.profile.username }) : undefined}
        />
        <div className="max-h-[calc(100vh-180px)] overflow-y-auto px-4 pb-4">
          <Preview profile={account?.profile ?? null} parts={parts} poll={poll} />
        </div>
      </Container>
    </div>
  );
}
