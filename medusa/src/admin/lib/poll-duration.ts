import { counted } from './format';

const HOUR = 60;
const DAY = 24 * HOUR;

/** 5 minutes to 7 days, as X takes them. */
export const POLL_DURATIONS = [5, 30, HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 3 * DAY, 5 * DAY, 7 * DAY];

/** `1 day 2 hours`. */
export function durationInWords(minutes: number): string {
  const parts = [
    [Math.floor(minutes / DAY), 'day'],
    [Math.floor((minutes % DAY) / HOUR), 'hour'],
    [minutes % HOUR, 'minute'],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, unit]) => counted(count, unit));
  return words.join(' ') || '0 minutes';
}
