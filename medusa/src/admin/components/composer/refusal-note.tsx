import { Alert } from '@medusajs/ui';
import { Link } from 'react-router-dom';
import { useTexts } from '../../i18n/use-texts';
import { Details } from '../details';
import type { Refusal } from './use-composer';

const UNAUTHORIZED = 401;

/** Why a post that was to be published is still a draft. */
export function RefusalNote({ refusal, isScheduled }: { refusal: Refusal; isScheduled: boolean }) {
  const { t } = useTexts();
  const { status, messages } = refusal;
  return (
    <Alert variant="error" role="alert">
      <div className="flex flex-col gap-y-1">
        <span>{isScheduled ? t('composer.refused.scheduled') : t('composer.refused.draft')}</span>
        <ul className={messages.length > 1 ? 'list-disc pl-4' : undefined}>
          {messages.map(({ says, details }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two fields may have the same problem
            <li key={index}>
              {says}
              <Details>{details}</Details>
            </li>
          ))}
        </ul>
        {status === UNAUTHORIZED && (
          <Link className="underline" to="/twitter/accounts">
            {t('composer.refused.reconnect')}
          </Link>
        )}
      </div>
    </Alert>
  );
}
