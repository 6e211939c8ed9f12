import type { PollInput, TwitterAccountView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { type DraftPart, filledMedia } from '../../lib/draft';
import { PreviewPost } from './preview-post';

interface PreviewProps {
  profile: TwitterAccountView['profile'];
  parts: DraftPart[];
  poll: PollInput | null;
  /** When it went out; it does now without one. */
  postedAt?: string | null;
}

/** A post, or a thread, as it will look on X. */
export function Preview({ profile, parts, poll, postedAt }: PreviewProps) {
  const { t, format } = useTexts();
  const isEmpty = parts.every((part) => part.caption.trim() === '' && filledMedia(part).length === 0) && !poll;
  return (
    <section
      aria-label={t('preview.title')}
      className="overflow-hidden rounded-xl border border-[#eff3f4] bg-white font-[system-ui,sans-serif]"
    >
      {isEmpty ? (
        <p className="m-0 px-4 py-10 text-center text-sm text-[#536471]">{t('preview.empty')}</p>
      ) : (
        parts.map((part, index) => (
          <PreviewPost
            key={part.key}
            profile={profile}
            part={part}
            poll={index === 0 ? poll : null}
            time={postedAt ? format.day(postedAt) : t('preview.now')}
            isContinued={index < parts.length - 1}
          />
        ))
      )}
    </section>
  );
}
