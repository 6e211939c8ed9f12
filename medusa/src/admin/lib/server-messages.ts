// What a server says, in the words of the person who reads it.
import { knownCode } from '../../words/errors';
import type { Texts } from '../i18n/texts';
import { ApiError } from './api';
import { formatDuration } from './format';

/** Something that is wrong, as a server reports it. */
export interface ServerProblem {
  code: string;
  message: string;
  limit?: number;
  actual?: number;
}

/** A sentence, and what a server said where the sentence says less. */
export interface ServerMessage {
  says: string;
  details: string | null;
}

/** Codes of twitter-native's whose words hold for any request; those of the others speak of publishing a post. */
const ANYWHERE: readonly string[] = [
  ...['UNAUTHORIZED', 'REAUTH_REQUIRED', 'MISSING_SCOPE', 'FORBIDDEN', 'RATE_LIMITED', 'USAGE_CAP', 'NO_CREDITS'],
  ...['NETWORK', 'TIMEOUT', 'UPSTREAM', 'UNEXPECTED_RESPONSE'],
  ...['MEDIA_SOURCE', 'MEDIA_FORBIDDEN_HOST', 'MEDIA_TOO_LARGE', 'INVALID_MEDIA'],
];

/** A problem by its code; as the server put it, if the code is not known here. */
export function problemInWords({ t, has, format }: Texts, problem: ServerProblem): ServerMessage {
  const { code, message, limit = 0, actual = 0 } = problem;
  const key = `problems.${code}` as const;
  if (has(key)) {
    const values = {
      ...{ limit, actual },
      ...{ limitBytes: format.bytes(limit), actualBytes: format.bytes(actual) },
      ...{ limitTime: formatDuration(limit), actualTime: formatDuration(actual) },
    };
    return { says: t(key as 'problems.too_large', values), details: null };
  }
  if (ANYWHERE.includes(code)) return { says: t(`errors.${knownCode(code)}.says`), details: message };
  return { says: message, details: null };
}

/** What a failed request came to. */
export function errorInWords(texts: Texts, error: unknown): ServerMessage {
  const { t, has } = texts;
  if (error instanceof ApiError) {
    const [problem] = error.problems;
    if (problem) return problemInWords(texts, problem);
    const key = `refusals.${error.code}`;
    if (has(key)) return { says: t(key as 'refusals.post_changed'), details: null };
    if (error.code !== undefined) return problemInWords(texts, { code: error.code, message: error.message });
    if (error.isSilent) return { says: t('request.status', { status: String(error.status) }), details: null };
    return { says: error.message, details: null };
  }
  // What `fetch` throws where there is no answer.
  if (error instanceof TypeError) return { says: t('request.unreachable'), details: null };
  return { says: error instanceof Error ? error.message : String(error), details: null };
}

/** A sentence for a toast. */
export const messageOf = (texts: Texts, error: unknown): string => errorInWords(texts, error).says;
