import { ArrowPath } from '@medusajs/icons';
import { Button, toast } from '@medusajs/ui';
import { messageOf } from '../../lib/api';
import { counted } from '../../lib/format';
import { useSyncAllInsights } from '../../lib/insights';

export function SyncAllButton() {
  const sync = useSyncAllInsights();
  const onClick = () =>
    sync.mutate(undefined, {
      onSuccess: ({ synced, failed }) => {
        const done = `The metrics of ${counted(synced, 'post')} are up to date`;
        const first = failed[0];
        if (!first) toast.success(done);
        else toast.warning(done, { description: `${counted(failed.length, 'post')} failed: ${first.message}` });
      },
      onError: (error) => toast.error('The metrics were not read', { description: messageOf(error) }),
    });
  return (
    <Button size="small" variant="secondary" isLoading={sync.isPending} onClick={onClick}>
      <ArrowPath />
      Sync all metrics
    </Button>
  );
}
