// Why a draft can't go out yet, in a few words that are shown beside the buttons.
import type { ProblemView, ValidationView } from '../../types/http';
import type { Texts } from '../i18n/texts';
import { type Draft, filledMedia } from './draft';
import { kindOfCategory } from './medium-kind';
import type { Probes } from './probe';
import { problemInWords } from './server-messages';
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
function mediaHindrance(texts: Texts, { parts }: Draft, probes: Probes): string | null {
  const { t } = texts;
  let isLooking = false;
  for (const [partIndex, part] of parts.entries()) {
    for (const [index, { url }] of filledMedia(part).entries()) {
      const probe = probes.get(url.trim());
      const [problem] = probe?.problems ?? [];
      if (problem) {
        const values = { name: t('media.number', { number: index + 1 }), problem: problemInWords(texts, problem).says };
        return partIndex === 0
          ? t('composer.hindrance.media', values)
          : t('composer.hindrance.mediaInPart', { ...values, part: partIndex + 1 });
      }
      isLooking ||= probe === null;
    }
  }
  return isLooking ? t('composer.hindrance.checkingMedia') : null;
}

function problemHindrance(texts: Texts, problems: ProblemView[]): string {
  const { t } = texts;
  const [first] = problems;
  if (!first || problems.every(isEmptiness)) return t('composer.hindrance.empty');
  const { says } = problemInWords(texts, first);
  return problems.length === 1 ? says : t('composer.hindrance.problems', { count: problems.length, first: says });
}

/** Why a draft can't go out; `null` if it can. */
export function hindranceOf(
  texts: Texts,
  draft: Draft,
  accountId: string,
  probes: Probes,
  validation: ValidationView | undefined,
): string | null {
  const { t } = texts;
  if (!accountId) return t('composer.hindrance.account');
  if (!validation) return t('composer.hindrance.checking');
  const media = mediaHindrance(texts, draft, probes);
  if (media) return media;
  return validation.valid
    ? null
    : problemHindrance(
        texts,
        validation.parts.flatMap(({ problems }) => problems),
      );
}

/** Why a draft can't be scheduled for its time; `null` if it can. */
export function scheduleHindranceOf({ t }: Texts, scheduledAt: Date | null): string | null {
  if (scheduledAt === null) return t('composer.hindrance.noTime');
  return isPast(scheduledAt) ? t('composer.hindrance.past') : null;
}

export const isPast = (time: Date) => time.getTime() <= Date.now();
