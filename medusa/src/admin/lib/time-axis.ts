import { scaleTime } from 'd3-scale';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const FORMATS = {
  seconds: new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }),
  minutes: new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }),
  days: new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' }),
};

function formatOf(span: number): Intl.DateTimeFormat {
  if (span < 5 * MINUTE_MS) return FORMATS.seconds;
  return span < 2 * DAY_MS ? FORMATS.minutes : FORMATS.days;
}

export interface TimeTick {
  at: Date;
  label: string;
}

function withLabels(times: Date[], format: Intl.DateTimeFormat): TimeTick[] {
  const ticks = times.map((at) => ({ at, label: format.format(at) }));
  return ticks.filter(({ label }, index) => label !== ticks[index - 1]?.label);
}

/** About so many times between two, each with a label of its own; the ends, if round times are too far apart. */
export function timeTicks(from: Date, to: Date, count: number): TimeTick[] {
  const span = to.getTime() - from.getTime();
  const format = formatOf(span);
  const times = span === 0 ? [from] : scaleTime([from, to], [0, 1]).ticks(count);
  const ticks = withLabels(times, format);
  return ticks.length > 1 ? ticks : withLabels([from, to], format);
}
