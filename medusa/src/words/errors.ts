// What an error means to staff, for the admin and for notifications; X's and the network's own words are details.
import type { TwitterErrorCode } from 'twitter-native';

/** An error in staff's words. */
export interface ErrorWords {
  /** What happened. */
  says: string;
  /** What to do about it; `null` where the page has more to say than a sentence, or nothing helps. */
  advice: string | null;
}

const CHANGE_POST = 'Change the post, then publish it again.';
const RECONNECT = 'Reconnect the account under Accounts, then publish the post again.';
const ASK_OWNER = 'The owner of the app on X has to raise the plan or its spending limit.';
const LATER = 'Nothing is out. Publish it again later.';

const WORDS: Readonly<Record<TwitterErrorCode, ErrorWords>> = {
  INVALID_TWEET: { says: 'X does not take the post as it is written.', advice: CHANGE_POST },
  INVALID_ARGUMENT: { says: 'X does not take the post as it is written.', advice: CHANGE_POST },
  INVALID_MEDIA: {
    says: 'X does not take one of the media.',
    advice: 'Exchange the medium, then publish the post again.',
  },
  MEDIA_SOURCE: {
    says: 'One of the media could not be read.',
    advice: 'See whether the address of the medium can be read from the server, then publish the post again.',
  },
  MEDIA_FORBIDDEN_HOST: {
    says: 'One of the media is at an address that the shop does not read from.',
    advice: 'Use a file of the shop, or a medium at a public https address.',
  },
  MEDIA_TOO_LARGE: { says: 'One of the media is too large.', advice: 'Use a smaller file.' },
  MEDIA_PROCESSING: {
    says: 'X could not process one of the media.',
    advice: 'Encode the file anew. The same file will fail again.',
  },
  UNAUTHORIZED: { says: 'X does not accept the account’s access any more.', advice: RECONNECT },
  REAUTH_REQUIRED: { says: 'X does not accept the account’s access any more.', advice: RECONNECT },
  MISSING_SCOPE: { says: 'The account has not granted what this post needs.', advice: RECONNECT },
  FORBIDDEN: {
    says: 'X refuses this to the account or to the app.',
    advice: 'The details have X’s own reason.',
  },
  DUPLICATE_TWEET: {
    says: 'X refuses the post, since the account has posted the same a short while ago.',
    advice: 'Look at the account’s timeline before you change the text.',
  },
  NOT_FOUND: {
    says: 'What the post needs is gone: its account, or the part of the thread that it was to follow.',
    advice: 'Choose an account. If a part was deleted on X, compose the rest as a new post.',
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
  ABORTED: { says: 'Publishing was broken off.', advice: LATER },
  UPSTREAM: { says: 'X has a problem of its own.', advice: LATER },
  IN_PROGRESS: {
    says: 'The post is being published elsewhere.',
    advice: 'Look again in a few minutes.',
  },
  CHECKPOINT_MISMATCH: {
    says: 'The post, its media or its account changed after a part of it went out.',
    advice: 'Compose what is missing as a new post.',
  },
  UNEXPECTED_RESPONSE: { says: 'X answered something that was not understood.', advice: LATER },
  UNKNOWN_OUTCOME: { says: 'X may have taken the post, and did not say so.', advice: null },
  INTERNAL: { says: 'Publishing failed by a fault of the software.', advice: null },
};

/** Failures of this shop's own, before X was asked: Medusa's types in capitals. */
const OWN_WORDS: Readonly<Record<string, ErrorWords>> = {
  INVALID_DATA: { says: 'The post breaks a rule of X’s.', advice: CHANGE_POST },
  CONFLICT: { says: 'The post was changed, or is being published elsewhere.', advice: 'Load it again.' },
  NOT_ALLOWED: { says: 'The post can’t be published now.', advice: null },
  REVERTED: { says: 'Publishing was broken off before anything was sent.', advice: LATER },
};

const UNKNOWN: ErrorWords = { says: 'Publishing failed.', advice: null };

/** What an error of this code means to staff. */
export function wordsFor(code: string): ErrorWords {
  const known: Readonly<Record<string, ErrorWords>> = { ...WORDS, ...OWN_WORDS };
  return known[code] ?? UNKNOWN;
}
