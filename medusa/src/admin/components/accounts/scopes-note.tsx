import { Text } from '@medusajs/ui';
import type { TwitterAccountView } from '../../../types/http';
import { scopeInWords } from '../../lib/statuses';

const sentence = new Intl.ListFormat('en', { type: 'conjunction' });

/** Whether the token may do what publishing needs, in words. */
export function ScopesNote({ account }: { account: TwitterAccountView }) {
  const { missing_scopes: missing, scopes } = account;
  if (missing.length > 0) {
    return (
      <Text size="small" className="text-ui-fg-error">
        May not {sentence.format(missing.map(scopeInWords))}. Reconnect to grant it.
      </Text>
    );
  }
  if (scopes.length === 0) {
    return (
      <Text size="small" className="text-ui-fg-subtle">
        As the app's settings on X say
      </Text>
    );
  }
  return (
    <Text size="small" className="text-ui-fg-subtle">
      Everything that is needed
    </Text>
  );
}
