import type { Time } from '../types/rows';

/** Times as routes give them. */
export const iso = (time: Time): string => new Date(time).toISOString();

/** The same where there may be none. */
export const isoOrNull = (time: Time | null): string | null => (time === null ? null : iso(time));
