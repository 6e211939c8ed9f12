import { ExclamationCircle } from '@medusajs/icons';
import { Button, Text } from '@medusajs/ui';
import { useTexts } from '../i18n/use-texts';
import { messageOf } from '../lib/server-messages';

/** Shown in place of something that could not be read. */
export function LoadError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const texts = useTexts();
  return (
    <div role="alert" className="flex items-center gap-x-3 px-6 py-6">
      <ExclamationCircle className="text-ui-fg-error shrink-0" />
      <Text size="small" className="flex-1">
        {messageOf(texts, error)}
      </Text>
      <Button size="small" variant="secondary" onClick={onRetry}>
        {texts.t('common.tryAgain')}
      </Button>
    </div>
  );
}
