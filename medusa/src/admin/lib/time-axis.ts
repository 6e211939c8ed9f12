import { scaleTime } from 'd3-scale';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const OPTIONS = {
  seconds: { timeStyle: 'medium' },
  minutes: { timeStyle: 'short' },
  days: { month: 'short', day: 'numeric' },
} as const;

function formatOf(locale: string, span: number): Intl.DateTimeFormat {
  if (span < 5 * MINUTE_MS) return new Intl.DateTimeFormat(locale, OPTIONS.seconds);
  return new Intl.DateTimeFormat(locale, span < 2 * DAY_MS ? OPTIONS.minutes : OPTIONS.days);
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
export function timeTicks(locale: string, from: Date, to: Date, count: number): TimeTick[] {
  const span = to.getTime() - from.getTime();
  const format = formatOf(locale, span);
  const times = span === 0 ? [from] : scaleTime([from, to], [0, 1]).ticks(count);
  const ticks = withLabels(times, format);
  return ticks.length > 1 ? ticks : withLabels([from, to], format);
}
