// The keys of what people read, as types: a key that is missing, or a word that is not filled in, does not compile.
import { type Format, formatOf, localeOf } from '../lib/format';
import type { en } from './english';

/** Where the texts are among the dashboard's; for a shop that adds a language. */
export const NAMESPACE = 'medusa-plugin-twitter';

/**
 * Below this a shop puts texts in place of the plugin's, in the same namespace. They need a place of their own: the
 * dashboard reads a plugin's texts after the shop's.
 */
const OVERRIDES = 'overrides';

/** The same keys with texts in another language. */
export type Translated<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translated<T[K]> };

type Paths<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${K}` : Paths<T[K], `${Prefix}${K}.`>;
}[keyof T & string];

type Path = Paths<typeof en>;

type TextAt<T, P extends string> = P extends `${infer Head}.${infer Rest}`
  ? Head extends keyof T
    ? TextAt<T[Head], Rest>
    : never
  : P extends keyof T
    ? T[P]
    : never;

/** Which text of a plural is meant is decided by `count`. */
type WithoutPlural<P> = P extends `${infer Base}_one` | `${infer Base}_other` ? Base : P;

/** A key of a text. */
export type TextKey = WithoutPlural<Path>;

type Placeholders<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Placeholders<Rest> : never;

type PathsOf<K extends TextKey> = Extract<Path, K | `${K}_one` | `${K}_other`>;

type PlaceholdersOf<K extends TextKey> = Placeholders<TextAt<typeof en, PathsOf<K>>>;

/** What fills a text in: numbers are written as the language does, and `count` is always a number. */
type Values<K extends TextKey> = { [Name in PlaceholdersOf<K>]: Name extends 'count' ? number : string | number };

type Arguments<K extends TextKey> = [PlaceholdersOf<K>] extends [never] ? [] : [values: Values<K>];

/** What people read, in their language. */
export interface Texts {
  t<K extends TextKey>(key: K, ...values: Arguments<K>): string;
  /** Whether there is a text for what a server says, such as `problems.too_large`. */
  has(key: string): key is TextKey;
  format: Format;
}

/** What is used of i18next. */
export interface Translator {
  language: string;
  t(key: string, options: object): unknown;
  exists(key: string, options: object): boolean;
}

/** The texts in a language; English ones, where that language has none. */
export function textsOf(translator: Translator, language: string): Texts {
  const format = formatOf(localeOf(language));
  const ns = NAMESPACE;
  return {
    t: (key, ...[values]) => {
      const given: Record<string, string | number> = values ?? {};
      const written = Object.entries(given).map(([name, value]) => [
        name,
        typeof value === 'number' ? format.number(value) : value,
      ]);
      const options = {
        ...('count' in given ? { count: given.count } : {}),
        ...{ ns, replace: Object.fromEntries(written) },
      };
      // A shop's English text does not stand in for the plugin's in another language.
      const own = { ...options, lngs: [language] };
      const override = `${OVERRIDES}.${key}`;
      return String(translator.exists(override, own) ? translator.t(override, own) : translator.t(key, options));
    },
    has: (key): key is TextKey => translator.exists(key, { ns }),
    format,
  };
}
