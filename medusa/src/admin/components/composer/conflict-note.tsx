import { Alert, Button } from '@medusajs/ui';
import { Link } from 'react-router-dom';
import type { TwitterPostView } from '../../../types/http';
import { formatDateTime } from '../../lib/format';
import { isEditable } from '../../lib/statuses';

interface ConflictNoteProps {
  /** The post as it stands on the server. */
  theirs: TwitterPostView;
  onTakeTheirs: () => void;
  onKeepMine: () => void;
}

/** The post was changed by somebody else since it was opened here. */
export function ConflictNote({ theirs, onTakeTheirs, onKeepMine }: ConflictNoteProps) {
  if (!isEditable(theirs)) {
    return (
      <Alert variant="warning" role="alert">
        <div className="flex flex-col gap-y-2">
          This post can't be changed any more: it is being published, or was. Nothing of yours was saved.
          <Link className="underline" to={`/twitter/posts/${theirs.id}`}>
            See how it stands
          </Link>
        </div>
      </Alert>
    );
  }
  return (
    <Alert variant="warning" role="alert">
      <div className="flex flex-col gap-y-3">
        <span>
          Somebody else changed this post at {formatDateTime(theirs.updated_at)}, after you opened it. Nothing of yours
          was saved yet, and it is all still here.
        </span>
        <div className="flex gap-x-2">
          <Button size="small" variant="secondary" onClick={onTakeTheirs}>
            Load their version, drop mine
          </Button>
          <Button size="small" variant="secondary" onClick={onKeepMine}>
            Keep mine, so that saving replaces theirs
          </Button>
        </div>
      </div>
    </Alert>
  );
}
