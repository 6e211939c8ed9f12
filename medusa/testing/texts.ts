import i18next from 'i18next';
import resources from '../src/admin/i18n';
import { type Texts, type Translator, textsOf } from '../src/admin/i18n/texts';

/** What people read in a language, set up as the dashboard does: with its options, and a shop's texts before a plugin's. */
export async function textsIn(language: string, shops: object = {}): Promise<Texts> {
  const translator = i18next.createInstance();
  await translator.init({
    lng: language,
    fallbackLng: 'en',
    fallbackNS: 'translation',
    interpolation: { escapeValue: false },
    resources: merged(shops, resources) as typeof resources,
  });
  return textsOf(translator as unknown as Translator, language);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What the dashboard does with the texts of a shop and of its plugins: the later ones win. */
function merged(one: unknown, other: unknown): unknown {
  if (!isObject(one) || !isObject(other)) return other ?? one;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...keys].map((key) => [key, merged(one[key], other[key])]));
}
