import { ArrowDownMini, ArrowUpMini, Trash } from '@medusajs/icons';
import { IconButton } from '@medusajs/ui';
import { useTexts } from '../../i18n/use-texts';

interface OrderButtonsProps {
  /** As screen readers hear it: `media 2`. */
  what: string;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** Moves a member of a list up and down, and takes it out. */
export function OrderButtons({ what, isFirst, isLast, onMove, onRemove }: OrderButtonsProps) {
  const { t } = useTexts();
  const look = { size: 'small', variant: 'transparent' } as const;
  return (
    <>
      <IconButton {...look} aria-label={t('composer.order.up', { what })} disabled={isFirst} onClick={() => onMove(-1)}>
        <ArrowUpMini />
      </IconButton>
      <IconButton {...look} aria-label={t('composer.order.down', { what })} disabled={isLast} onClick={() => onMove(1)}>
        <ArrowDownMini />
      </IconButton>
      <IconButton {...look} aria-label={t('composer.order.remove', { what })} onClick={onRemove}>
        <Trash />
      </IconButton>
    </>
  );
}
