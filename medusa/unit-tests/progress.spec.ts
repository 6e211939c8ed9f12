import { useSandbox } from '../integration-tests/lib/sandbox';
import { ProgressLog, type StoredProgress } from '../src/publishing/progress';
import { checkpointsOfPosts, checkpointsOfThread, find, UNREADABLE } from './support/checkpoints';

const event = (mediaIndex: number, phase: 'uploading' | 'processing' | 'ready', bytesSent = 0) => ({
  ...{ mediaIndex, phase, bytesSent, totalBytes: 100 },
});

describe('ProgressLog', () => {
  const sandbox = useSandbox();
  const medium = { url: 'https://shop.example/a.jpg' };

  it('is at its media until all are ready, then at the post', async () => {
    const log = new ProgressLog([{ text: 'One', media: [medium, medium] }], async () => {});
    expect(log.current().phase).toBe('media');
    log.onProgress(event(1, 'uploading', 40));
    log.onProgress(event(0, 'ready', 100));
    expect(log.current()).toMatchObject({
      ...{ phase: 'media', part: 0, parts: 1 },
      media: [
        { media_index: 0, phase: 'ready' },
        { media_index: 1, bytes_sent: 40 },
      ],
    });
    log.onProgress(event(1, 'ready', 100));
    expect(log.current().phase).toBe('posting');
    await log.close();
  });

  it('begins each part of a thread with its own media', async () => {
    const log = new ProgressLog([{ text: 'One', media: [medium] }, { text: 'Two' }], async () => {});
    log.onProgress(event(0, 'ready', 100));
    log.onCheckpoint(find(await checkpointsOfThread(sandbox.current), 'PUBLISHED', 1));
    expect(log.current()).toEqual({ phase: 'posting', part: 1, parts: 2, media: [] });
    await log.close();
  });

  it('says that a post is looked for on the timeline', async () => {
    const log = new ProgressLog([{ text: 'One' }], async () => {});
    log.onCheckpoint(find(await checkpointsOfPosts(sandbox.current), 'UNKNOWN', 0));
    expect(log.current()).toMatchObject({ phase: 'reconciling', part: 0 });
    await log.close();
  });

  it('says which part of a thread is looked for on the timeline', async () => {
    const log = new ProgressLog([{ text: 'One' }, { text: 'Two' }], async () => {});
    log.onCheckpoint(find(await checkpointsOfThread(sandbox.current), 'UNKNOWN', 1));
    expect(log.current()).toMatchObject({ phase: 'reconciling', part: 1 });
    await log.close();
  });

  it('goes on as it was at a checkpoint that it can’t read', async () => {
    const log = new ProgressLog([{ text: 'One' }], async () => {});
    log.onCheckpoint(UNREADABLE);
    expect(log.current()).toMatchObject({ phase: 'posting', part: 0 });
    await log.close();
  });

  it('writes seldom, however many events there are, and nothing once it is closed', async () => {
    const written: StoredProgress[] = [];
    let first = () => {};
    const began = new Promise<void>((resolve) => {
      first = resolve;
    });
    const log = new ProgressLog([{ text: 'One', media: [medium] }], async (progress) => {
      written.push(progress);
      first();
    });
    await began;
    for (let bytes = 0; bytes < 100; bytes += 1) log.onProgress(event(0, 'uploading', bytes));
    await log.close();
    expect(written).toHaveLength(1);
  });
});
