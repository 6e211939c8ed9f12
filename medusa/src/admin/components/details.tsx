import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts';

/** X's, the network's or the server's own words, for those who want them. */
export function Details({ children }: { children: ReactNode }) {
  const { t } = useTexts();
  if (!children) return null;
  return (
    <details>
      <summary className="txt-small text-ui-fg-subtle cursor-pointer">{t('common.details')}</summary>
      <span className="txt-small text-ui-fg-subtle break-words">{children}</span>
    </details>
  );
}
