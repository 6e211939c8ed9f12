import type { PollInput } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';

/** A poll as somebody sees it who has not voted. */
export function PollBars({ poll }: { poll: PollInput }) {
  const { t, format } = useTexts();
  const duration = format.minutes(poll.duration_minutes);
  return (
    <div className="mt-3">
      <ul aria-label={t('common.poll')} className="flex flex-col gap-y-2">
        {poll.options.map((option, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: options differ by their place alone
            key={index}
            className="flex h-8 items-center justify-center truncate rounded-full border border-[#0b6bb3] px-4 text-[15px] font-bold text-[#0b6bb3]"
          >
            {option || t('composer.poll.choice', { number: index + 1 })}
          </li>
        ))}
      </ul>
      <p className="m-0 mt-3 text-sm text-[#536471]">{t('preview.votes', { duration })}</p>
    </div>
  );
}
