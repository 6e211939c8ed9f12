import { clx } from '@medusajs/ui';
import { useTexts } from '../../i18n/use-texts';

interface LengthCounterProps {
  used: number;
  limit: number;
  /** What is counted, for those who can't see it beside its field. */
  label: string;
}

const RADIUS = 7;
const ROUND = 2 * Math.PI * RADIUS;
/** Where it begins to warn. */
const NEAR = 0.9;

/** How much of a limit is used, as a ring and in figures. */
export function LengthCounter({ used, limit, label }: LengthCounterProps) {
  const { format } = useTexts();
  const share = limit === 0 ? 0 : Math.min(used / limit, 1);
  const tone = used > limit ? 'text-ui-fg-error' : share >= NEAR ? 'text-ui-tag-orange-icon' : 'text-ui-fg-interactive';
  return (
    <span className={clx('flex items-center gap-x-1.5', tone)}>
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" className="-rotate-90">
        <circle cx="9" cy="9" r={RADIUS} fill="none" strokeWidth="2" className="stroke-ui-border-base" />
        <circle
          cx="9"
          cy="9"
          r={RADIUS}
          fill="none"
          strokeWidth="2"
          stroke="currentColor"
          strokeDasharray={`${share * ROUND} ${ROUND}`}
        />
      </svg>
      <span
        role="status"
        className={clx('txt-compact-xsmall tabular-nums', used > limit ? 'text-ui-fg-error' : 'text-ui-fg-subtle')}
      >
        <span className="sr-only">{label}: </span>
        {format.number(used)} / {format.number(limit)}
      </span>
    </span>
  );
}
