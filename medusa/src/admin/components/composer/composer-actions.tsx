import { Button, Text } from '@medusajs/ui';

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
  const { hindrance, scheduleHindrance, canSave, hasTime, isScheduled, isBusy } = props;
  const told = hindrance ?? (hasTime || isScheduled ? scheduleHindrance : null);
  return (
    <>
      {told && (
        <Text size="small" role="status" className="text-ui-fg-subtle max-w-md">
          {told}
        </Text>
      )}
      {isScheduled && (
        <Button size="small" variant="secondary" disabled={!canSave || isBusy} onClick={props.onUnschedule}>
          Unschedule
        </Button>
      )}
      <Button
        size="small"
        variant="secondary"
        disabled={!canSave || isBusy || (isScheduled && scheduleHindrance !== null)}
        onClick={props.onSave}
      >
        {isScheduled ? 'Save changes' : 'Save draft'}
      </Button>
      {hasTime && !isScheduled && (
        <Button
          size="small"
          disabled={hindrance !== null || scheduleHindrance !== null || isBusy}
          onClick={props.onSchedule}
        >
          Schedule
        </Button>
      )}
      <Button
        size="small"
        variant={hasTime ? 'secondary' : 'primary'}
        disabled={hindrance !== null || isBusy}
        isLoading={isBusy}
        onClick={props.onPublish}
      >
        Publish now
      </Button>
    </>
  );
}
