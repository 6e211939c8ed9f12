import { MedusaError } from '@medusajs/framework/utils';
import { failure } from '../src/publishing/settlement';
import type { TwitterFailure } from '../src/twitter/errors';

/** A publish that failed so often before anything was sent. */
const at = (retries: number, checkpoint: string | null = null) => ({ retries, checkpoint });

const failed = (fields: Partial<TwitterFailure>) => ({ name: 'TwitterError', message: 'It failed', ...fields });

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

  it('fails for good where trying again does not help', () => {
    const settlement = failure(failed({ code: 'INVALID_MEDIA', retryable: false, mediaIndex: 1 }), at(0));
    expect(settlement).toMatchObject({ status: 'failed', error: { message: 'It failed (medium 2)' } });
    expect(settlement.scheduledAt).toBeUndefined();
  });

  it.each(['UNKNOWN_OUTCOME', 'CHECKPOINT_MISMATCH'] as const)('is a person’s decision after %s', (code) => {
    expect(failure(failed({ code, retryable: true, checkpoint: '{}' }), at(0))).toMatchObject({
      ...{ state: 'unknown', status: 'unknown', checkpoint: '{}' },
    });
  });

  const post = (state: string) => JSON.stringify({ kind: 'post', post: { state } });

  describe.each(['ARMED', 'UNKNOWN', 'NEEDS_HUMAN', 'PUBLISHED', 'A_LATER_WORD'])(
    'from a checkpoint that says %s',
    (state) => {
      it.each([
        ['NETWORK', { code: 'NETWORK', retryable: true }],
        ['RATE_LIMITED', { code: 'RATE_LIMITED', retryable: true, retryAt: new Date() }],
        ['UNAUTHORIZED', { code: 'UNAUTHORIZED', retryable: false }],
        ['MEDIA_SOURCE', { code: 'MEDIA_SOURCE', retryable: false }],
      ] as const)('%s neither fails the post nor begins it anew', (_, fields) => {
        const checkpoint = post(state);
        const settlement = failure(failed(fields), at(0, checkpoint));
        expect(settlement).toMatchObject({
          state: 'unknown',
          status: 'unknown',
          checkpoint,
          error: { code: fields.code },
        });
        expect(settlement.forget).toBeFalsy();
      });

      it('nor does an error of ours, such as an account that was disconnected', () => {
        expect(failure(new Error('No account'), at(0, post(state)))).toMatchObject({
          state: 'unknown',
          status: 'unknown',
        });
      });
    },
  );

  it.each(['NEW', 'MEDIA_READY', 'REJECTED'])('fails from a checkpoint that says %s', (state) => {
    expect(failure(failed({ code: 'FORBIDDEN' }), at(0, post(state)))).toMatchObject({ status: 'failed' });
  });

  it('believes the error’s own checkpoint before the one that was kept', () => {
    const told = failed({ code: 'RATE_LIMITED', retryable: true, checkpoint: post('REJECTED') });
    expect(failure(told, at(0, post('ARMED')))).toMatchObject({ status: 'scheduled', checkpoint: post('REJECTED') });
  });

  it('begins anew where the media have changed and surely nothing was sent', () => {
    const changed = failed({ code: 'CHECKPOINT_MISMATCH' });
    expect(failure(changed, at(0, post('MEDIA_READY')))).toMatchObject({ status: 'failed', forget: true });
    expect(failure(changed, at(0, post('ARMED')))).toMatchObject({ status: 'unknown' });
  });

  it('keeps what stands of a thread that could not even go on', () => {
    const between = JSON.stringify({ kind: 'thread', published: ['1', '2'] });
    expect(failure(failed({ code: 'NETWORK', retryable: true }), at(5, between))).toMatchObject({
      status: 'failed',
      published: [{ tweet_id: '1' }, { tweet_id: '2' }],
    });
    const within = JSON.stringify({ kind: 'thread', published: ['1'], current: { post: { state: 'ARMED' } } });
    expect(failure(new Error('No account'), at(0, within))).toMatchObject({
      status: 'unknown',
      published: [{ tweet_id: '1' }],
    });
  });

  it('keeps what stands of a thread', () => {
    const published = [{ tweetId: '1', tweetUrl: 'https://twitter.com/i/web/status/1' }] as TwitterFailure['published'];
    expect(failure(failed({ code: 'FORBIDDEN', published }), at(0)).published).toEqual([
      { tweet_id: '1', tweet_url: 'https://twitter.com/i/web/status/1' },
    ]);
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
