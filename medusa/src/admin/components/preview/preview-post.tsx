import { ArrowPath, ChartBar, ChatBubble, Heart } from '@medusajs/icons';
import { Avatar } from '@medusajs/ui';
import type { PollInput, TwitterAccountView } from '../../../types/http';
import { useTexts } from '../../i18n/use-texts';
import { type DraftPart, filledMedia } from '../../lib/draft';
import { MediaGrid } from './media-grid';
import { PollBars } from './poll-bars';
import { RichText } from './rich-text';

interface PreviewPostProps {
  profile: TwitterAccountView['profile'];
  part: DraftPart;
  poll: PollInput | null;
  /** Another post of the thread follows. */
  isContinued: boolean;
  /** When it went out, as the post says it. */
  time: string;
}

const ACTIONS = [ChatBubble, ArrowPath, Heart, ChartBar];

/** One post as X shows it in a timeline, in X's own colours, so the same in every theme. */
export function PreviewPost({ profile, part, poll, isContinued, time }: PreviewPostProps) {
  const { t } = useTexts();
  const name = profile?.name ?? t('preview.account');
  const media = filledMedia(part);
  return (
    <article className="flex gap-x-3 px-4 pt-3">
      <div className="flex shrink-0 flex-col items-center">
        <Avatar
          size="xlarge"
          className="h-10 w-10"
          variant="rounded"
          src={profile?.profile_image_url ?? undefined}
          fallback={name.charAt(0).toUpperCase()}
        />
        {isContinued && <span aria-hidden className="mt-1 w-0.5 flex-1 bg-[#cfd9de]" />}
      </div>
      <div className="min-w-0 flex-1 pb-3">
        <header className="flex min-w-0 gap-x-1 text-[15px] leading-5">
          <span className="truncate font-bold text-[#0f1419]">{name}</span>
          <span className="shrink-0 truncate text-[#536471]">
            @{profile?.username ?? t('preview.username')} · {time}
          </span>
        </header>
        {part.caption && <RichText text={part.caption} />}
        <MediaGrid media={media} />
        {poll && <PollBars poll={poll} />}
        <footer aria-hidden className="mt-3 flex max-w-[380px] justify-between text-[#536471]">
          {ACTIONS.map((Icon, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed row of icons
            <Icon key={index} />
          ))}
        </footer>
      </div>
    </article>
  );
}
