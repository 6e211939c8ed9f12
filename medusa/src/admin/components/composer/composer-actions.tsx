import { Button, Text } from '@medusajs/ui';

interface ComposerActionsProps {
  /** Why it can't go out yet. */
  hindrance: string | null;
  canSave: boolean;
  isScheduled: boolean;
  isBusy: boolean;
  onSave: () => void;
  onSchedule: () => void;
  onPublish: () => void;
}

/** What can be done with the draft. */
export function ComposerActions(props: ComposerActionsProps) {
  const { hindrance, canSave, isScheduled, isBusy, onSave, onSchedule, onPublish } = props;
  return (
    <>
      {hindrance && (
        <Text size="small" className="text-ui-fg-subtle">
          {hindrance}
        </Text>
      )}
      <Button size="small" variant="secondary" disabled={!canSave || isBusy} onClick={onSave}>
        Save draft
      </Button>
      {isScheduled && (
        <Button size="small" disabled={hindrance !== null || isBusy} onClick={onSchedule}>
          Schedule
        </Button>
      )}
      <Button
        size="small"
        variant={isScheduled ? 'secondary' : 'primary'}
        disabled={hindrance !== null || isBusy}
        isLoading={isBusy}
        onClick={onPublish}
      >
        Publish now
      </Button>
    </>
  );
}
