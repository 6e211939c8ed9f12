import { scaleLinear, scaleTime } from 'd3-scale';
import { type PointerEvent, useState } from 'react';
import { useTexts } from '../../i18n/use-texts';
import type { Series } from '../../lib/series';
import { timeTicks } from '../../lib/time-axis';
import { useWidth } from '../../lib/use-width';
import { ChartTooltip } from './chart-tooltip';

interface LineChartProps {
  /** What a reader of the screen hears. */
  label: string;
  times: Date[];
  series: Series[];
}

const HEIGHT = 200;
const MARGIN = { top: 12, right: 16, bottom: 24, left: 44 };
const TICK_WIDTH = 110;

/** Lines over time. */
export function LineChart({ label, times, series }: LineChartProps) {
  const { format } = useTexts();
  const { ref, width } = useWidth<HTMLDivElement>(600);
  const [hovered, setHovered] = useState<number | null>(null);

  const highest = Math.max(1, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const y = scaleLinear([0, highest], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(4);
  const from = times.at(0) ?? new Date();
  const to = times.at(-1) ?? from;
  const x = scaleTime([from, to], [MARGIN.left, Math.max(width - MARGIN.right, MARGIN.left + 1)]);
  const ticks = timeTicks(format.locale, from, to, Math.max(2, Math.floor(width / TICK_WIDTH)));

  const onPointerMove = ({ clientX, currentTarget }: PointerEvent<SVGSVGElement>) => {
    const at = clientX - currentTarget.getBoundingClientRect().left;
    const distances = times.map((time) => Math.abs(x(time) - at));
    setHovered(distances.indexOf(Math.min(...distances)));
  };

  const hoveredTime = hovered === null ? undefined : times[hovered];
  return (
    <div ref={ref} className="relative w-full">
      <svg
        role="img"
        aria-label={label}
        width={width}
        height={HEIGHT}
        className="block"
        onPointerMove={onPointerMove}
        onPointerLeave={() => setHovered(null)}
      >
        {y
          .ticks(4)
          .filter(Number.isInteger)
          .map((tick) => (
            <g key={tick} transform={`translate(0 ${y(tick)})`}>
              <line
                x1={MARGIN.left}
                x2={width - MARGIN.right}
                className="stroke-ui-border-base"
                strokeDasharray="3 3"
              />
              <text
                x={MARGIN.left - 8}
                dy="0.32em"
                textAnchor="end"
                className="fill-ui-fg-subtle text-[11px] tabular-nums"
              >
                {format.compact(tick)}
              </text>
            </g>
          ))}
        {ticks.map(({ at, label: time }) => (
          <text
            key={time}
            x={x(at)}
            y={HEIGHT - 6}
            textAnchor={anchorAt(x(at), width)}
            className="fill-ui-fg-subtle text-[11px]"
          >
            {time}
          </text>
        ))}
        {hoveredTime && (
          <line
            x1={x(hoveredTime)}
            x2={x(hoveredTime)}
            y1={MARGIN.top}
            y2={HEIGHT - MARGIN.bottom}
            className="stroke-ui-border-strong"
          />
        )}
        {series.map((line) => (
          <Line key={line.name} line={line} xs={times.map((time) => x(time))} y={y} />
        ))}
      </svg>
      {hovered !== null && hoveredTime && (
        <ChartTooltip left={x(hoveredTime)} width={width} time={hoveredTime} series={series} index={hovered} />
      )}
    </div>
  );
}

/** A label at an end of the chart stays within it. */
function anchorAt(x: number, width: number): 'start' | 'middle' | 'end' {
  if (x < MARGIN.left + TICK_WIDTH / 4) return 'start';
  return x > width - MARGIN.right - TICK_WIDTH / 4 ? 'end' : 'middle';
}

function Line({ line, xs, y }: { line: Series; xs: number[]; y: (value: number) => number }) {
  const points = xs.flatMap((x, index) => {
    const value = line.values[index];
    return value == null ? [] : [{ x, y: y(value) }];
  });
  return (
    <g>
      <polyline
        fill="none"
        stroke={line.colour}
        strokeWidth="2"
        strokeLinejoin="round"
        points={points.map((point) => `${point.x},${point.y}`).join(' ')}
      />
      {points.map((point) => (
        <circle key={point.x} cx={point.x} cy={point.y} r="3" fill={line.colour} />
      ))}
    </g>
  );
}
