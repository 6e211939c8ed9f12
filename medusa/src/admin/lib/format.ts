const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' });
const number = new Intl.NumberFormat();
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const formatDateTime = (value: string | Date) => dateTime.format(new Date(value));

/** `Nov 25`, as X writes it. */
export const formatDay = (value: string) => day.format(new Date(value));

/** A figure, or a dash where X gave none. */
export const formatNumber = (value: number | null | undefined) => (value == null ? '–' : number.format(value));

export const formatCompact = (value: number) => compact.format(value);

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(0)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `1 post`, `2 posts`. */
export const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
