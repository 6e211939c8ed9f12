import { MedusaError } from '@medusajs/framework/utils';
import { failure } from '../src/publishing/settlement';
import type { TwitterFailure } from '../src/twitter/errors';

const failed = (fields: Partial<TwitterFailure>) => ({ name: 'TwitterError', message: 'It failed', ...fields });

describe('what becomes of a publish that failed', () => {
  it('goes back to scheduled at the time that X gave, and is not counted as an attempt', () => {
    const retryAt = new Date(Date.now() + 90_000);
    expect(failure(failed({ code: 'RATE_LIMITED', retryable: true, retryAt }), 2)).toMatchObject({
      ...{ state: 'failed', status: 'scheduled', event: 'rate_limited', scheduledAt: retryAt, retries: 2 },
      error: { code: 'RATE_LIMITED', retry_at: retryAt },
    });
  });

  it.each(['NETWORK', 'TIMEOUT', 'UPSTREAM'] as const)('is tried again later after %s, with growing waits', (code) => {
    const waits = [0, 1, 2, 3, 4].map((retries) => {
      const { scheduledAt, retries: counted } = failure(failed({ code, retryable: true }), retries);
      expect(counted).toBe(retries + 1);
      return Math.round(((scheduledAt as Date).getTime() - Date.now()) / 60_000);
    });
    expect(waits).toEqual([1, 2, 5, 10, 20]);
    expect(failure(failed({ code, retryable: true }), 5)).toMatchObject({ status: 'failed' });
  });

  it('fails for good where trying again does not help', () => {
    const settlement = failure(failed({ code: 'INVALID_MEDIA', retryable: false, mediaIndex: 1 }), 0);
    expect(settlement).toMatchObject({ status: 'failed', error: { message: 'It failed (medium 2)' } });
    expect(settlement.scheduledAt).toBeUndefined();
  });

  it.each(['UNKNOWN_OUTCOME', 'CHECKPOINT_MISMATCH'] as const)('is a person’s decision after %s', (code) => {
    expect(failure(failed({ code, retryable: true, checkpoint: '{}' }), 0)).toMatchObject({
      ...{ state: 'unknown', status: 'unknown', checkpoint: '{}' },
    });
  });

  it('keeps what stands of a thread', () => {
    const published = [{ tweetId: '1', tweetUrl: 'https://twitter.com/i/web/status/1' }] as TwitterFailure['published'];
    expect(failure(failed({ code: 'FORBIDDEN', published }), 0).published).toEqual([
      { tweet_id: '1', tweet_url: 'https://twitter.com/i/web/status/1' },
    ]);
  });

  it('says whom to ask where the grant has ended', () => {
    expect(failure(failed({ code: 'REAUTH_REQUIRED' }), 0).error?.message).toContain('please re-authenticate');
  });

  it('says what failed here, where that ended the call', () => {
    const cause = new MedusaError(MedusaError.Types.INVALID_ARGUMENT, 'No key to encrypt with');
    expect(failure(failed({ code: 'ABORTED', cause }), 0).error?.message).toBe('It failed: No key to encrypt with');
  });

  it('keeps the words of errors that are not ours', () => {
    expect(failure(new Error('No database'), 0)).toMatchObject({ status: 'failed', error: { message: 'No database' } });
  });
});
