import { clx } from '@medusajs/ui';

interface ProblemListProps {
  /** What the field that it belongs to names in `aria-describedby`. */
  id?: string;
  problems: { code: string; message: string }[];
  tone?: 'error' | 'warning';
}

/** What is wrong with a field, below it. */
export function ProblemList({ id, problems, tone = 'error' }: ProblemListProps) {
  if (problems.length === 0) return null;
  return (
    <ul
      id={id}
      aria-live="polite"
      className={clx(
        'txt-small flex flex-col gap-y-1',
        tone === 'error' ? 'text-ui-fg-error' : 'text-ui-tag-orange-text',
      )}
    >
      {problems.map(({ message }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two fields may have the same problem
        <li key={index}>{message}</li>
      ))}
    </ul>
  );
}
