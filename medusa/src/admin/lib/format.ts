// Figures and times as a language writes them.

/** Writes figures and times. */
export interface Format {
  /** A BCP 47 language tag. */
  locale: string;
  /** `Nov 25, 2026, 9:30 AM` */
  dateTime(value: string | Date): string;
  /** `Nov 25`, as X writes it. */
  day(value: string | Date): string;
  /** `Nov 25, 2026`, of a day without a time. */
  date(day: string): string;
  number(value: number): string;
  /** `1.2K` */
  compact(value: number): string;
  /** `50%`, of 100. */
  percent(value: number): string;
  /** `$0.205` */
  usd(value: number): string;
  /** `likes, replies, and quotes` */
  list(words: string[]): string;
  /** `400 KB` */
  bytes(value: number): string;
  /** `1 day, 2 hours` */
  minutes(value: number): string;
}

/** `enGB`, as the dashboard names languages, as a tag. */
const tagOf = (language: string) => language.replace(/^([a-z]{2,3})([A-Z]{2})$/, '$1-$2');

/** The locale of a language of the dashboard's: of the country that the browser has for it, if it has one. */
export function localeOf(
  language: string,
  preferred: readonly string[] = globalThis.navigator?.languages ?? [],
): string {
  const tag = tagOf(language);
  const isKnown = Intl.DateTimeFormat.supportedLocalesOf([tag]).length > 0;
  return preferred.find((other) => other.startsWith(`${tag}-`)) ?? (isKnown ? tag : 'en');
}

const HOUR = 60;
const DAY = 24 * HOUR;

function make(locale: string): Format {
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const number = new Intl.NumberFormat(locale);
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const dollars = { style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: 3 } as const;
  const usd = new Intl.NumberFormat(locale, dollars);
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const units = new Intl.ListFormat(locale, { type: 'unit', style: 'narrow' });
  const megabytes = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const counted = (count: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  return {
    locale,
    dateTime: (value) => dateTime.format(new Date(value)),
    day: (value) => day.format(new Date(value)),
    date: (value) => date.format(new Date(value)),
    number: (value) => number.format(value),
    compact: (value) => compact.format(value),
    percent: (value) => percent.format(value / 100),
    usd: (value) => usd.format(value),
    list: (words) => list.format(words),
    bytes: (value) => {
      if (value < 1000) return `${number.format(value)} B`;
      if (value < 1_000_000) return `${number.format(Math.round(value / 1000))} KB`;
      return `${megabytes.format(value / 1_000_000)} MB`;
    },
    minutes: (value) => {
      const parts = [
        [Math.floor(value / DAY), 'day'],
        [Math.floor((value % DAY) / HOUR), 'hour'],
        [value % HOUR, 'minute'],
      ] as const;
      const words = parts.filter(([count]) => count > 0).map(([count, unit]) => counted(count, unit));
      return words.length > 0 ? units.format(words) : counted(0, 'minute');
    },
  };
}

const made = new Map<string, Format>();

/** How a locale writes figures and times. */
export function formatOf(locale: string): Format {
  const format = made.get(locale) ?? make(locale);
  made.set(locale, format);
  return format;
}

/** `1:30`, of a video. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** What is shown where X gave no figure. */
export const NO_FIGURE = '–';

/** A figure, or a dash where X gave none. */
export const figureOf = (format: Format, value: number | null | undefined) =>
  value == null ? NO_FIGURE : format.number(value);
