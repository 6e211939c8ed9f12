import type { PollInput } from '../../../types/http';
import { durationInWords } from '../../lib/poll-duration';

/** A poll as somebody sees it who has not voted. */
export function PollBars({ poll }: { poll: PollInput }) {
  return (
    <div className="mt-3">
      <ul aria-label="Poll" className="flex flex-col gap-y-2">
        {poll.options.map((option, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: options are told apart by their place alone
            key={index}
            className="flex h-8 items-center justify-center truncate rounded-full border border-[#0b6bb3] px-4 text-[15px] font-bold text-[#0b6bb3]"
          >
            {option || `Choice ${index + 1}`}
          </li>
        ))}
      </ul>
      <p className="m-0 mt-3 text-sm text-[#536471]">0 votes · {durationInWords(poll.duration_minutes)} left</p>
    </div>
  );
}
