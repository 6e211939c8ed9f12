import { MedusaError } from '@medusajs/framework/utils';
import type { TwitterError, TwitterErrorCode } from 'twitter-native';

/**
 * What is left of a `TwitterError` after the workflow engine, which turns it into a plain object with the same fields.
 */
export type TwitterFailure = Pick<TwitterError, 'name' | 'code' | 'type' | 'message' | 'retryable'> & {
  retryAt?: Date | string;
  checkpoint?: string;
  published?: TwitterError['published'];
  failedIndex?: number;
  mediaIndex?: number;
  cause?: unknown;
};

/** Says whether something that was thrown is a failure of twitter-native's. */
export function isTwitterFailure(thrown: unknown): thrown is TwitterFailure {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    (thrown as { name?: unknown }).name === 'TwitterError' &&
    typeof (thrown as { code?: unknown }).code === 'string'
  );
}

/** When to try again, if the failure says so. */
export function retryAtOf({ retryAt }: Pick<TwitterFailure, 'retryAt'>): Date | undefined {
  return retryAt === undefined ? undefined : new Date(retryAt);
}

/** Failures of the account rather than of the post. */
export const NEEDS_REAUTHENTICATION: readonly TwitterErrorCode[] = ['UNAUTHORIZED', 'REAUTH_REQUIRED'];

/** A sentence for staff: what happened, and where it is not clear, what to do. */
export function sentenceOf({ code, message, mediaIndex, cause }: TwitterFailure): string {
  // One of this plugin's own functions failed, such as the one that stores refreshed tokens. A database's own words
  // would tell staff nothing.
  if (code === 'ABORTED' && MedusaError.isMedusaError(cause)) return `${message}: ${cause.message}`;
  const place = mediaIndex === undefined ? '' : ` (medium ${mediaIndex + 1})`;
  const said = message.replace(/\.$/, '');
  if (NEEDS_REAUTHENTICATION.includes(code)) return `${said}: please re-authenticate`;
  if (code === 'MISSING_SCOPE') return `${said}: please re-authenticate with all scopes`;
  return `${message}${place}`;
}
