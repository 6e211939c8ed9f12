import { MedusaError } from '@medusajs/framework/utils';
import { failure } from '../src/publishing/settlement';
import type { TwitterFailure } from '../src/twitter/errors';

type Status = Parameters<typeof failure>[1]['status'];

/** A publish that failed so often before anything was sent. */
const at = (retries: number, status: Partial<Status> = {}) => ({
  retries,
  status: { state: 'failed', inDoubt: false, published: [], ...status } as Status,
});

const failed = (fields: Partial<TwitterFailure>) => ({ name: 'TwitterError', message: 'It failed', ...fields });

const MAY_EXIST: [string, Partial<Status>][] = [
  ['that it is in doubt', { state: 'unknown', inDoubt: true }],
  ['that another call looks for it', { state: 'publishing', inDoubt: true }],
  ['that it exists', { state: 'published', published: ['1'] }],
  ['what this version can’t read', { state: 'unknown', inDoubt: true, published: [] }],
];

describe('what becomes of a publish that failed', () => {
  it('goes back to scheduled at the time that X gave, and is not counted as an attempt', () => {
    const retryAt = new Date(Date.now() + 90_000);
    expect(failure(failed({ code: 'RATE_LIMITED', retryable: true, retryAt }), at(2))).toMatchObject({
      ...{ state: 'failed', status: 'scheduled', event: 'rate_limited', scheduledAt: retryAt, retries: 2 },
      error: { code: 'RATE_LIMITED', retry_at: retryAt },
    });
  });

  it.each(['NETWORK', 'TIMEOUT', 'UPSTREAM'] as const)('is tried again later after %s, with growing waits', (code) => {
    const waits = [0, 1, 2, 3, 4].map((retries) => {
      const { scheduledAt, retries: counted } = failure(failed({ code, retryable: true }), at(retries));
      expect(counted).toBe(retries + 1);
      return Math.round(((scheduledAt as Date).getTime() - Date.now()) / 60_000);
    });
    expect(waits).toEqual([1, 2, 5, 10, 20]);
    expect(failure(failed({ code, retryable: true }), at(5))).toMatchObject({ status: 'failed' });
  });

  describe('after NO_CREDITS', () => {
    const code = 'NO_CREDITS';
    const retryAt = new Date(Date.now() + 300_000);
    const thrown = failed({ code, retryable: true, retryAt, message: 'The credits are used up.' });
    const having = (...events: string[]) => ({ ...at(0), history: events.map((event) => ({ at: '', event })) });

    it.each([
      ['at first', ['publish_requested']],
      ['after network failures', ['publish_requested', 'postponed', 'due']],
      ['when a person asks again', ['publish_requested', 'out_of_credits', 'due', 'failed', 'publish_requested']],
    ])('is tried again once, five minutes later: %s', (_, events) => {
      expect(failure(thrown, having(...events))).toMatchObject({
        ...{ status: 'scheduled', event: 'out_of_credits', scheduledAt: retryAt, retries: 0 },
        error: { code, retry_at: retryAt },
      });
    });

    it.each([
      ['at once', ['publish_requested', 'out_of_credits', 'due']],
      ['in another process', ['publish_requested', 'out_of_credits', 'due', 'taken_over']],
      ['after a rate limit', ['publish_requested', 'out_of_credits', 'due', 'rate_limited', 'due']],
    ])('fails the second time, and says what to do: %s', (_, events) => {
      const settlement = failure(thrown, having(...events));
      expect(settlement).toMatchObject({ status: 'failed', event: 'failed', error: { code } });
      expect(settlement.error?.message).toBe(
        "The credits are used up: buy credits in X's developer console (https://console.x.com), then publish the post again",
      );
    });
  });

  it('fails for good where trying again does not help', () => {
    const settlement = failure(failed({ code: 'INVALID_MEDIA', retryable: false, mediaIndex: 1 }), at(0));
    expect(settlement).toMatchObject({ status: 'failed', error: { message: 'It failed (medium 2)' } });
    expect(settlement.scheduledAt).toBeUndefined();
  });

  it('is a person’s decision after UNKNOWN_OUTCOME', () => {
    expect(failure(failed({ code: 'UNKNOWN_OUTCOME', retryable: true }), at(0))).toMatchObject({
      ...{ state: 'unknown', status: 'unknown' },
    });
  });

  describe.each(MAY_EXIST)('where its intent says %s', (_, status) => {
    it.each([
      ['NETWORK', { code: 'NETWORK', retryable: true }],
      ['RATE_LIMITED', { code: 'RATE_LIMITED', retryable: true, retryAt: new Date() }],
      ['UNAUTHORIZED', { code: 'UNAUTHORIZED', retryable: false }],
      ['MEDIA_SOURCE', { code: 'MEDIA_SOURCE', retryable: false }],
      ['CHECKPOINT_MISMATCH', { code: 'CHECKPOINT_MISMATCH', retryable: false }],
    ] as const)('%s neither fails the post nor begins it anew', (_code, fields) => {
      const settlement = failure(failed(fields), at(0, status));
      expect(settlement).toMatchObject({ state: 'unknown', status: 'unknown', error: { code: fields.code } });
      expect(settlement.forget).toBeFalsy();
    });

    it('nor does an error of ours, such as an account that was disconnected', () => {
      expect(failure(new Error('No account'), at(0, status))).toMatchObject({ state: 'unknown', status: 'unknown' });
    });
  });

  it.each(['new', 'publishing', 'failed'] as const)('fails where its intent is %s and not in doubt', (state) => {
    expect(failure(failed({ code: 'FORBIDDEN' }), at(0, { state }))).toMatchObject({ status: 'failed' });
  });

  it('keeps what exists of a thread that could not continue', () => {
    const between = at(5, { published: ['1'] });
    expect(failure(failed({ code: 'NETWORK', retryable: true }), between)).toMatchObject({
      status: 'failed',
      published: [{ tweet_id: '1', tweet_url: 'https://twitter.com/i/web/status/1' }],
    });
    const within = at(0, { state: 'unknown', inDoubt: true, published: ['1'] });
    expect(failure(new Error('No account'), within)).toMatchObject({
      status: 'unknown',
      published: [{ tweet_id: '1' }],
    });
  });

  it('says whom to ask where the grant has ended', () => {
    expect(failure(failed({ code: 'REAUTH_REQUIRED' }), at(0)).error?.message).toContain('please re-authenticate');
  });

  it('says what failed here, where that ended the call', () => {
    const cause = new MedusaError(MedusaError.Types.INVALID_ARGUMENT, 'No key to encrypt with');
    expect(failure(failed({ code: 'ABORTED', cause }), at(0)).error?.message).toBe('It failed: No key to encrypt with');
  });

  it('keeps the words of errors that are not ours', () => {
    expect(failure(new Error('No database'), at(0))).toMatchObject({
      status: 'failed',
      error: { message: 'No database' },
    });
  });
});
