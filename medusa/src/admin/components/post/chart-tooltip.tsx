import { useTexts } from '../../i18n/use-texts';
import { figureOf } from '../../lib/format';
import type { Series } from '../../lib/series';

interface ChartTooltipProps {
  left: number;
  /** Of the chart: beyond its middle the tooltip is at the other side. */
  width: number;
  time: Date;
  series: Series[];
  index: number;
}

/** The figures of one time. */
export function ChartTooltip({ left, width, time, series, index }: ChartTooltipProps) {
  const { format } = useTexts();
  const side = left > width / 2 ? { right: width - left + 12 } : { left: left + 12 };
  return (
    <div
      className="bg-ui-bg-component shadow-elevation-tooltip pointer-events-none absolute top-2 z-10 flex flex-col gap-y-1 rounded-lg px-3 py-2"
      style={side}
    >
      <span className="txt-compact-xsmall-plus whitespace-nowrap">{format.dateTime(time)}</span>
      {series.map(({ name, colour, values }) => (
        <span key={name} className="txt-compact-xsmall text-ui-fg-subtle flex items-center gap-x-2">
          <span className="h-2 w-2 rounded-full" style={{ background: colour }} />
          <span className="flex-1 whitespace-nowrap">{name}</span>
          <span className="text-ui-fg-base tabular-nums">{figureOf(format, values[index])}</span>
        </span>
      ))}
    </div>
  );
}
