/** How often posts' metrics are read by themselves. X bills each reading. */
export const INSIGHTS_SCHEDULES = ['off', 'light', 'normal', 'close'] as const;

/** One of {@link INSIGHTS_SCHEDULES}. */
export type InsightsSchedule = (typeof INSIGHTS_SCHEDULES)[number];

/** What a shop has that chose nothing. */
export const DEFAULT_INSIGHTS: InsightsSchedule = 'normal';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Equal steps from one age to another one, both included. */
function steps(from: number, to: number, every: number): number[] {
  return Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, index) => from + index * every);
}

/**
 * The ages at which a post is read, in milliseconds. X shows the author's own numbers for 30 days, so the last reading is
 * before that.
 */
const READ_AT: Readonly<Record<InsightsSchedule, readonly number[]>> = {
  off: [],
  light: [HOUR_MS, DAY_MS, 3 * DAY_MS, 7 * DAY_MS, 14 * DAY_MS, 29 * DAY_MS],
  normal: [HOUR_MS, 6 * HOUR_MS, ...steps(DAY_MS, 7 * DAY_MS, DAY_MS), 14 * DAY_MS, 21 * DAY_MS, 29 * DAY_MS],
  close: [
    ...steps(5 * MINUTE_MS, 55 * MINUTE_MS, 10 * MINUTE_MS),
    ...steps(HOUR_MS, 23 * HOUR_MS, HOUR_MS),
    ...steps(DAY_MS, 7 * DAY_MS - 6 * HOUR_MS, 6 * HOUR_MS),
    ...steps(7 * DAY_MS, 29 * DAY_MS, DAY_MS),
  ],
};

/** How often a post is read in all. */
export function readingsOf(schedule: InsightsSchedule): number {
  return READ_AT[schedule].length;
}

/** When a post is to be read next; `null` when it is left to people who ask. Readings that were missed are not made up for. */
export function nextReading(schedule: InsightsSchedule, postedAt: Date, now = new Date()): Date | null {
  const age = now.getTime() - postedAt.getTime();
  const next = READ_AT[schedule].find((at) => at > age);
  return next === undefined ? null : new Date(postedAt.getTime() + next);
}
