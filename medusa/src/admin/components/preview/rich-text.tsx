import { runsOf } from '../../lib/rich-text';

/** A text with its links, hashtags and mentions in X's blue. */
export function RichText({ text }: { text: string }) {
  const runs = runsOf(text);
  return (
    <p className="m-0 whitespace-pre-wrap break-words text-[15px] leading-5 text-[#0f1419]">
      {runs.map(({ text: run, isLink }, index) =>
        isLink ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: runs have no identity but their place
          <span key={index} className="text-[#0b6bb3]">
            {run}
          </span>
        ) : (
          run
        ),
      )}
    </p>
  );
}
