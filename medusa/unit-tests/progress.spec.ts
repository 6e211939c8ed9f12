import { ProgressLog, type StoredProgress } from '../src/publishing/progress';

const event = (mediaIndex: number, phase: 'uploading' | 'processing' | 'ready', bytesSent = 0) => ({
  ...{ mediaIndex, phase, bytesSent, totalBytes: 100 },
});

describe('ProgressLog', () => {
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
    log.onStore(async () => ({ published: ['1'], postState: 'NEW' }));
    await log.close();
    expect(log.current()).toEqual({ phase: 'posting', part: 1, parts: 2, media: [] });
  });

  it.each([
    [[], 0],
    [['1'], 1],
  ])('says which part is looked for on the timeline, with %j published', async (published, part) => {
    const log = new ProgressLog([{ text: 'One' }, { text: 'Two' }], async () => {});
    log.onStore(async () => ({ published, postState: 'UNKNOWN' }));
    await log.close();
    expect(log.current()).toMatchObject({ phase: 'reconciling', part });
  });

  it('stays as it was where the intent can’t be read', async () => {
    const log = new ProgressLog([{ text: 'One' }], async () => {});
    log.onStore(async () => {
      throw new Error('the database is away');
    });
    await log.close();
    expect(log.current()).toMatchObject({ phase: 'posting', part: 0 });
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
