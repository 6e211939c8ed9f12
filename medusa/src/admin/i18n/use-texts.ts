import { useMemo } from 'react';
import { getI18n, useTranslation } from 'react-i18next';
import { NAMESPACE, type Texts, type Translator, textsOf } from './texts';

/** The texts in the language that the dashboard is in. */
export function useTexts(): Texts {
  const { i18n } = useTranslation(NAMESPACE);
  const { language } = i18n;
  return useMemo(() => textsOf(i18n as Translator, language), [i18n, language]);
}

/** The same where no hook may be used: in what a route says of itself. */
export function currentTexts(): Texts {
  const i18n = getI18n() as Translator;
  return textsOf(i18n, i18n.language);
}
