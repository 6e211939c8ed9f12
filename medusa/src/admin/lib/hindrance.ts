// Why a draft can't go out yet, in a few words that stand beside the buttons.
import type { ProblemView, ValidationView } from '../../types/http';
import { type Draft, filledMedia } from './draft';
import { kindOfCategory } from './medium-kind';
import type { Probes } from './probe';
import { isEmptiness } from './validation';

/** The draft with each medium of the kind that its bytes make it, so that it is checked as what it will be. */
export function withProbedKinds(draft: Draft, probes: Probes): Draft {
  const parts = draft.parts.map((part) => ({
    ...part,
    media: part.media.map((medium) => {
      const kind = kindOfCategory(probes.get(medium.url.trim())?.category);
      return kind ? { ...medium, type: kind } : medium;
    }),
  }));
  return { ...draft, parts };
}

/** What the server found at the media that keeps them from being posted, or that it is still looking. */
function mediaHindrance({ parts }: Draft, probes: Probes): string | null {
  let isLooking = false;
  for (const [partIndex, part] of parts.entries()) {
    for (const [index, { url }] of filledMedia(part).entries()) {
      const probe = probes.get(url.trim());
      const [problem] = probe?.problems ?? [];
      const place = partIndex === 0 ? '' : ` of part ${partIndex + 1}`;
      if (problem) return `Medium ${index + 1}${place}: ${problem.message}`;
      isLooking ||= probe === null;
    }
  }
  return isLooking ? 'Looking at the media …' : null;
}

function problemHindrance(problems: ProblemView[]): string {
  const [first] = problems;
  if (!first || problems.every(isEmptiness)) return 'Write something, or add a medium';
  return problems.length === 1 ? first.message : `${problems.length} problems to solve: ${first.message}`;
}

/** Why a draft can't go out; `null` if it can. */
export function hindranceOf(
  draft: Draft,
  accountId: string,
  probes: Probes,
  validation: ValidationView | undefined,
): string | null {
  if (!accountId) return 'Choose an account first';
  if (!validation) return 'Checking …';
  const media = mediaHindrance(draft, probes);
  if (media) return media;
  return validation.valid ? null : problemHindrance(validation.parts.flatMap(({ problems }) => problems));
}

/** Why a draft can't be scheduled for its time; `null` if it can. */
export function scheduleHindranceOf(scheduledAt: Date | null): string | null {
  if (scheduledAt === null) return 'Choose a time first';
  return isPast(scheduledAt) ? 'The time is past: choose one to come' : null;
}

export const isPast = (time: Date) => time.getTime() <= Date.now();
