import { Text } from '@medusajs/ui';
import type { TwitterAccountView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { scopeInWords } from '../../lib/statuses';

/** Whether the token may do what publishing needs, in words. */
export function ScopesNote({ account }: { account: TwitterAccountView }) {
  const texts = useTexts();
  const { t, format } = texts;
  const { missing_scopes: missing, scopes } = account;
  if (missing.length > 0) {
    const permissions = format.list(missing.map((scope) => scopeInWords(texts, scope)));
    return (
      <Text size="small" className="text-ui-fg-error">
        {t('accounts.missing', { permissions })}
      </Text>
    );
  }
  if (scopes.length === 0) {
    return (
      <Text size="small" className="text-ui-fg-subtle">
        {t('accounts.grantedByApp')}
      </Text>
    );
  }
  return (
    <Text size="small" className="text-ui-fg-subtle">
      {t('accounts.allGranted')}
    </Text>
  );
}
