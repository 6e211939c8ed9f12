// What an error means to staff, for the admin and for notifications; X's and the network's own words are details.
import type { TwitterErrorCode } from 'twitter-native';

/** An error in staff's words. */
export interface ErrorWords {
  /** What happened. */
  says: string;
  /** What to do about it; empty where the page has more to say than a sentence, or nothing helps. */
  advice: string;
}

const CHANGE_POST = 'Change the post, then publish it again.';
const RECONNECT = 'Reconnect the account under Accounts, then publish the post again.';
const ASK_OWNER = 'The owner of the app on X has to raise the plan or its spending limit.';
const LATER = 'Nothing was posted. Publish it again later.';

/** By twitter-native's codes. */
const CODES = {
  INVALID_TWEET: { says: 'X does not accept the post as it is written.', advice: CHANGE_POST },
  INVALID_ARGUMENT: { says: 'X does not accept the post as it is written.', advice: CHANGE_POST },
  INVALID_MEDIA: {
    says: 'X does not accept one of the media.',
    advice: 'Replace the file, then publish the post again.',
  },
  MEDIA_SOURCE: {
    says: 'The file could not be read.',
    advice: 'Check whether the server can read the address of the file, then publish the post again.',
  },
  MEDIA_FORBIDDEN_HOST: {
    says: 'The file is at an address that the shop does not read from.',
    advice: 'Use a file of the shop, or one at a public https address.',
  },
  MEDIA_TOO_LARGE: { says: 'The file is too large.', advice: 'Use a smaller file.' },
  MEDIA_PROCESSING: {
    says: 'X could not process one of the media.',
    advice: 'Export the file again with other settings. The same file will fail again.',
  },
  UNAUTHORIZED: { says: 'X no longer accepts the account’s access.', advice: RECONNECT },
  REAUTH_REQUIRED: { says: 'X no longer accepts the account’s access.', advice: RECONNECT },
  MISSING_SCOPE: { says: 'The account lacks a permission that this needs.', advice: RECONNECT },
  FORBIDDEN: {
    says: 'X does not allow this to the account or to the app.',
    advice: 'The details have X’s own reason.',
  },
  DUPLICATE_TWEET: {
    says: 'X refuses the post, because the account posted the same a short while ago.',
    advice: 'Look at the account’s timeline before you change the text.',
  },
  NOT_FOUND: {
    says: 'Something that the post needs is gone: its account, or the part of the thread before it.',
    advice: 'Choose an account. If a part was deleted on X, write the rest as a new post.',
  },
  RATE_LIMITED: { says: 'X asks to wait.', advice: 'Publish it again later.' },
  USAGE_CAP: { says: 'The app has used up what X allows it.', advice: ASK_OWNER },
  NO_CREDITS: {
    says: 'The app has no credits left at X.',
    advice:
      'The owner of the app on X has to buy credits. With auto-recharge they come within minutes: publish it again then.',
  },
  NETWORK: { says: 'X could not be reached.', advice: LATER },
  TIMEOUT: { says: 'X did not answer in time.', advice: LATER },
  ABORTED: { says: 'Publishing was interrupted.', advice: LATER },
  UPSTREAM: { says: 'X has a problem of its own.', advice: LATER },
  IN_PROGRESS: {
    says: 'The post is being published elsewhere.',
    advice: 'Look again in a few minutes.',
  },
  CHECKPOINT_MISMATCH: {
    says: 'The post, its media or its account changed after a part of it was posted.',
    advice: 'Write what is missing as a new post.',
  },
  UNEXPECTED_RESPONSE: { says: 'X gave an answer that was not understood.', advice: LATER },
  UNKNOWN_OUTCOME: { says: 'X may have published the post, but did not confirm it.', advice: '' },
  INTERNAL: { says: 'Publishing failed because of a software error.', advice: '' },
} as const satisfies Readonly<Record<TwitterErrorCode, ErrorWords>>;

/** Failures of this shop's own, before X was asked: Medusa's types in capitals. */
const OWN = {
  INVALID_DATA: { says: 'The post breaks one of X’s rules.', advice: CHANGE_POST },
  CONFLICT: { says: 'The post was changed, or is being published elsewhere.', advice: 'Load it again.' },
  NOT_ALLOWED: { says: 'The post can’t be published now.', advice: '' },
  REVERTED: { says: 'Publishing was interrupted before anything was sent.', advice: LATER },
} as const;

/** All that there are words for; `OTHER` is for the rest. */
export const ERROR_WORDS = { ...CODES, ...OWN, OTHER: { says: 'Publishing failed.', advice: '' } } as const;

/** A code that there are words for. */
export type KnownCode = keyof typeof ERROR_WORDS;

/** The code, if there are words for it; else `OTHER`. */
export function knownCode(code: string): KnownCode {
  return Object.hasOwn(ERROR_WORDS, code) ? (code as KnownCode) : 'OTHER';
}

/** What an error of this code means to staff, in English. */
export const wordsFor = (code: string): ErrorWords => ERROR_WORDS[knownCode(code)];
