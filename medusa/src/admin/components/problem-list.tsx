import { clx } from '@medusajs/ui';

interface ProblemListProps {
  problems: { code: string; message: string }[];
  tone?: 'error' | 'warning';
}

/** What is wrong with a field, below it. */
export function ProblemList({ problems, tone = 'error' }: ProblemListProps) {
  if (problems.length === 0) return null;
  return (
    <ul
      aria-live="polite"
      className={clx(
        'txt-small flex flex-col gap-y-1',
        tone === 'error' ? 'text-ui-fg-error' : 'text-ui-tag-orange-text',
      )}
    >
      {problems.map(({ code, message }) => (
        <li key={code + message}>{message}</li>
      ))}
    </ul>
  );
}
