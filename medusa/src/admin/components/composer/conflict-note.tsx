import { Alert, Button } from '@medusajs/ui';
import { Link } from 'react-router-dom';
import type { TwitterPostView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { isEditable } from '../../lib/statuses';

interface ConflictNoteProps {
  /** The post as it is on the server. */
  theirs: TwitterPostView;
  onTakeTheirs: () => void;
  onKeepMine: () => void;
}

/** The post was changed by somebody else since it was opened here. */
export function ConflictNote({ theirs, onTakeTheirs, onKeepMine }: ConflictNoteProps) {
  const { t, format } = useTexts();
  if (!isEditable(theirs)) {
    return (
      <Alert variant="warning" role="alert">
        <div className="flex flex-col gap-y-2">
          {t('composer.conflict.gone')}
          <Link className="underline" to={`/twitter/posts/${theirs.id}`}>
            {t('composer.conflict.see')}
          </Link>
        </div>
      </Alert>
    );
  }
  return (
    <Alert variant="warning" role="alert">
      <div className="flex flex-col gap-y-3">
        <span>{t('composer.conflict.changed', { time: format.dateTime(theirs.updated_at) })}</span>
        <div className="flex gap-x-2">
          <Button size="small" variant="secondary" onClick={onTakeTheirs}>
            {t('composer.conflict.theirs')}
          </Button>
          <Button size="small" variant="secondary" onClick={onKeepMine}>
            {t('composer.conflict.mine')}
          </Button>
        </div>
      </div>
    </Alert>
  );
}
