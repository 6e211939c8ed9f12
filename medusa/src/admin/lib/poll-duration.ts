const HOUR = 60;
const DAY = 24 * HOUR;

/** 5 minutes to 7 days, as X takes them. */
export const POLL_DURATIONS = [5, 30, HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 3 * DAY, 5 * DAY, 7 * DAY];
