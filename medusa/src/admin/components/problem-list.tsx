import { clx } from '@medusajs/ui';
import { useTexts } from '../i18n/use-texts';
import { problemInWords, type ServerMessage, type ServerProblem } from '../lib/server-messages';
import { Details } from './details';

interface ListProps {
  /** What the field that it belongs to names in `aria-describedby`. */
  id?: string;
  tone?: 'error' | 'warning';
}

/** What is wrong with a field, below it, in words. */
export function MessageList({ id, messages, tone = 'error' }: ListProps & { messages: ServerMessage[] }) {
  if (messages.length === 0) return null;
  return (
    <ul
      id={id}
      aria-live="polite"
      className={clx(
        'txt-small flex flex-col gap-y-1',
        tone === 'error' ? 'text-ui-fg-error' : 'text-ui-tag-orange-text',
      )}
    >
      {messages.map(({ says, details }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two fields may have the same problem
        <li key={index}>
          {says}
          <Details>{details}</Details>
        </li>
      ))}
    </ul>
  );
}

/** What is wrong with a field, as the server reports it. */
export function ProblemList({ problems, ...list }: ListProps & { problems: ServerProblem[] }) {
  const texts = useTexts();
  return <MessageList {...list} messages={problems.map((problem) => problemInWords(texts, problem))} />;
}
