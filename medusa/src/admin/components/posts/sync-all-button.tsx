import { ArrowPath } from '@medusajs/icons';
import { Button, toast } from '@medusajs/ui';
import { useTexts } from '../../i18n/use-texts';
import { useSyncAllInsights } from '../../lib/insights';
import { messageOf, problemInWords } from '../../lib/server-messages';

export function SyncAllButton() {
  const texts = useTexts();
  const { t } = texts;
  const sync = useSyncAllInsights();
  const onClick = () =>
    sync.mutate(undefined, {
      onSuccess: ({ synced, failed }) => {
        const done = t('posts.sync.done', { count: synced });
        const first = failed[0];
        if (!first) toast.success(done);
        else {
          const description = t('posts.sync.failed', {
            count: failed.length,
            reason: problemInWords(texts, first).says,
          });
          toast.warning(done, { description });
        }
      },
      onError: (error) => toast.error(t('metrics.notRead'), { description: messageOf(texts, error) }),
    });
  return (
    <Button size="small" variant="secondary" isLoading={sync.isPending} onClick={onClick}>
      <ArrowPath />
      {t('posts.sync.button')}
    </Button>
  );
}
