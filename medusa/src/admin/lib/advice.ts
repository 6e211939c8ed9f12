import type { TwitterErrorCode } from 'twitter-native';

const CHANGE_POST = 'Change the post, then publish it again.';
const CHANGE_MEDIUM = 'Exchange the medium, then publish the post again.';
const RECONNECT = 'Reconnect the account under Accounts, then publish the post again.';
const ASK_OWNER = 'The owner of the app on X has to raise the plan or its spending limit.';
const LATER = 'Nothing is out. Publish it again later.';

/** For each of twitter-native's codes; `null` where the page has more to say than a sentence, or nothing helps. */
const ADVICE: Readonly<Record<TwitterErrorCode, string | null>> = {
  INVALID_TWEET: CHANGE_POST,
  INVALID_ARGUMENT: CHANGE_POST,
  INVALID_MEDIA: CHANGE_MEDIUM,
  MEDIA_SOURCE: 'See whether the address of the medium can be read from the server, then publish the post again.',
  MEDIA_FORBIDDEN_HOST: 'Use a medium at a public https address.',
  MEDIA_TOO_LARGE: 'Use a smaller file.',
  MEDIA_PROCESSING: 'X could not process the file: encode it anew. The same file will fail again.',
  UNAUTHORIZED: RECONNECT,
  REAUTH_REQUIRED: RECONNECT,
  MISSING_SCOPE: RECONNECT,
  FORBIDDEN: 'X refuses this to the account or the app; its words above say why.',
  DUPLICATE_TWEET:
    'The account has posted the same a short while ago. Look at its timeline before you change the text.',
  NOT_FOUND:
    'What the post needs is gone: its account, or the part of the thread that it was to follow. If that part was ' +
    'deleted on X, compose the rest as a new post.',
  RATE_LIMITED: 'X asks to wait. Publish it again later.',
  USAGE_CAP: ASK_OWNER,
  NO_CREDITS:
    'The owner of the app on X has to buy credits. With auto-recharge they come within minutes: publish it again then.',
  NETWORK: LATER,
  TIMEOUT: LATER,
  ABORTED: LATER,
  UPSTREAM: LATER,
  IN_PROGRESS: 'Another process is publishing this post. Look again in a few minutes.',
  CHECKPOINT_MISMATCH:
    'The post, its media or its account changed after a part of it went out. Compose what is missing as a new post.',
  UNEXPECTED_RESPONSE: LATER,
  UNKNOWN_OUTCOME: null,
  INTERNAL: null,
};

/** What a person can do about an error of this code. */
export const adviceFor = (code: string): string | null => (ADVICE as Record<string, string | null>)[code] ?? null;
