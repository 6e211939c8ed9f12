const CHANGE_POST = 'Change the post, then publish it again.';
const CHANGE_MEDIUM = 'Exchange the medium, then publish the post again.';
const RECONNECT = 'Reconnect the account under Platforms, then publish the post again.';
const ASK_OWNER = 'The owner of the app on X has to raise the plan or its spending limit.';
const LATER = 'Nothing is out. Publish it again later.';

const ADVICE: Record<string, string> = {
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
  RATE_LIMITED: 'X asks to wait. Publish it again later.',
  USAGE_CAP: ASK_OWNER,
  NO_CREDITS:
    'The owner of the app on X has to buy credits. With auto-recharge they come within minutes: publish it again then.',
  NETWORK: LATER,
  TIMEOUT: LATER,
  ABORTED: LATER,
  UPSTREAM: LATER,
};

/** What a person can do about an error of this code. */
export const adviceFor = (code: string): string | null => ADVICE[code] ?? null;
