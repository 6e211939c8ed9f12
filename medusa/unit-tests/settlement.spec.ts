import { MedusaError } from '@medusajs/framework/utils';
import { inspectCheckpoint } from 'twitter-native';
import { useSandbox } from '../integration-tests/lib/sandbox';
import { failure } from '../src/publishing/settlement';
import type { TwitterFailure } from '../src/twitter/errors';
import { checkpointsOfPosts, checkpointsOfThread, find, UNREADABLE } from './support/checkpoints';

/** A publish that failed so often before anything was sent. */
const at = (retries: number, checkpoint: string | null = null, posts = 1) => ({ retries, checkpoint, posts });

const failed = (fields: Partial<TwitterFailure>) => ({ name: 'TwitterError', message: 'It failed', ...fields });

const UNSENT = ['NEW', 'MEDIA_READY', 'REJECTED'] as const;
const MAY_STAND = ['ARMED', 'UNKNOWN', 'NEEDS_HUMAN', 'PUBLISHED', 'UNREADABLE'] as const;

describe('what becomes of a publish that failed', () => {
  const sandbox = useSandbox();
  let ofPosts: string[];
  let ofThread: string[];

  beforeAll(async () => {
    ofPosts = await checkpointsOfPosts(sandbox.current);
    ofThread = await checkpointsOfThread(sandbox.current);
  });

  /** A checkpoint of one post, in this state. */
  const post = (state: (typeof UNSENT)[number] | (typeof MAY_STAND)[number]) =>
    state === 'UNREADABLE' ? UNREADABLE : find(ofPosts, state, state === 'PUBLISHED' ? 1 : 0);

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

  it.each(['NO_CREDITS', 'IN_PROGRESS'] as const)('is tried again after %s when twitter-native says so', (code) => {
    const retryAt = new Date(Date.now() + 300_000);
    const told = failed({ code, retryable: true, retryAt });
    expect(failure(told, at(0))).toMatchObject({
      ...{ status: 'scheduled', event: 'postponed', scheduledAt: retryAt, retries: 1 },
      error: { code, retry_at: retryAt },
    });
    expect(failure(told, at(5))).toMatchObject({ status: 'failed', error: { code } });
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

  describe.each(MAY_STAND)('from a checkpoint that says %s', (state) => {
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
  });

  it.each(UNSENT)('fails from a checkpoint that says %s', (state) => {
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
    const [first, second] = inspectCheckpoint(ofThread.at(-1) as string).published;
    const between = at(5, find(ofThread, 'PUBLISHED', 1), 2);
    expect(failure(failed({ code: 'NETWORK', retryable: true }), between)).toMatchObject({
      status: 'failed',
      published: [{ tweet_id: first }],
    });
    const within = at(0, find(ofThread, 'ARMED', 1), 2);
    expect(failure(new Error('No account'), within)).toMatchObject({
      status: 'unknown',
      published: [{ tweet_id: first }],
    });
    const behind = at(0, find(ofThread, 'PUBLISHED', 2), 2);
    expect(failure(new Error('No account'), behind)).toMatchObject({
      status: 'unknown',
      published: [{ tweet_id: first }, { tweet_id: second }],
    });
  });

  it('keeps what stands of a thread', () => {
    const published = [{ tweetId: '1', tweetUrl: 'https://twitter.com/i/web/status/1' }] as TwitterFailure['published'];
    expect(failure(failed({ code: 'FORBIDDEN', published }), at(0, null, 2)).published).toEqual([
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
