import { ArrowDownMini, ArrowUpMini, Trash } from '@medusajs/icons';
import { IconButton } from '@medusajs/ui';

interface OrderButtonsProps {
  /** As screen readers hear it: `medium 2`. */
  what: string;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** Moves a member of a list up and down, and takes it out. */
export function OrderButtons({ what, isFirst, isLast, onMove, onRemove }: OrderButtonsProps) {
  const look = { size: 'small', variant: 'transparent' } as const;
  return (
    <>
      <IconButton {...look} aria-label={`Move ${what} up`} disabled={isFirst} onClick={() => onMove(-1)}>
        <ArrowUpMini />
      </IconButton>
      <IconButton {...look} aria-label={`Move ${what} down`} disabled={isLast} onClick={() => onMove(1)}>
        <ArrowDownMini />
      </IconButton>
      <IconButton {...look} aria-label={`Remove ${what}`} onClick={onRemove}>
        <Trash />
      </IconButton>
    </>
  );
}
