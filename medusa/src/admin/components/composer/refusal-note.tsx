import { Alert } from '@medusajs/ui';
import { Link } from 'react-router-dom';
import type { Refusal } from './use-composer';

const UNAUTHORIZED = 401;

/** Why a post that was to be published is still a draft. */
export function RefusalNote({ refusal, isScheduled }: { refusal: Refusal; isScheduled: boolean }) {
  return (
    <Alert variant="error" role="alert">
      <div className="flex flex-col gap-y-1">
        <span>
          Not published; it is {isScheduled ? 'still scheduled' : 'saved as a draft'}. {refusal.message}
        </span>
        {refusal.problems.length > 0 && (
          <ul className="list-disc pl-4">
            {refusal.problems.map(({ message }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two fields may have the same problem
              <li key={index}>{message}</li>
            ))}
          </ul>
        )}
        {refusal.status === UNAUTHORIZED && (
          <Link className="underline" to="/twitter/accounts">
            Reconnect the account
          </Link>
        )}
      </div>
    </Alert>
  );
}
