import { Button, Text } from '@medusajs/ui';
import { useTexts } from '../../i18n/use-texts';

interface ComposerActionsProps {
  /** Why it can't go out yet. */
  hindrance: string | null;
  /** Why it can't be scheduled; what keeps it from going out at all is not said again. */
  scheduleHindrance: string | null;
  canSave: boolean;
  /** There is a time on the screen. */
  hasTime: boolean;
  /** It goes out at its time already. */
  isScheduled: boolean;
  isBusy: boolean;
  onSave: () => void;
  onSchedule: () => void;
  onUnschedule: () => void;
  onPublish: () => void;
}

/** What can be done with the draft. */
export function ComposerActions(props: ComposerActionsProps) {
  const { t } = useTexts();
  const { hindrance, scheduleHindrance, canSave, hasTime, isScheduled, isBusy } = props;
  const shown = hindrance ?? (hasTime || isScheduled ? scheduleHindrance : null);
  return (
    <>
      {shown && (
        <Text size="small" role="status" className="text-ui-fg-subtle max-w-md">
          {shown}
        </Text>
      )}
      {isScheduled && (
        <Button size="small" variant="secondary" disabled={!canSave || isBusy} onClick={props.onUnschedule}>
          {t('composer.actions.unschedule')}
        </Button>
      )}
      <Button
        size="small"
        variant="secondary"
        disabled={!canSave || isBusy || (isScheduled && scheduleHindrance !== null)}
        onClick={props.onSave}
      >
        {isScheduled ? t('composer.actions.saveChanges') : t('composer.actions.saveDraft')}
      </Button>
      {hasTime && !isScheduled && (
        <Button
          size="small"
          disabled={hindrance !== null || scheduleHindrance !== null || isBusy}
          onClick={props.onSchedule}
        >
          {t('composer.actions.schedule')}
        </Button>
      )}
      <Button
        size="small"
        variant={hasTime ? 'secondary' : 'primary'}
        disabled={hindrance !== null || isBusy}
        isLoading={isBusy}
        onClick={props.onPublish}
      >
        {t('composer.actions.publish')}
      </Button>
    </>
  );
}
