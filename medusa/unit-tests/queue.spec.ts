import { AsyncLocalStorage } from 'node:async_hooks';
import type TwitterModuleService from '../src/modules/twitter/service';

const began: string[] = [];
const ends = new Map<string, () => void>();
/** What a tracer's context is to the publishing of a post. */
const mockContext = new AsyncLocalStorage<string>();
const contexts = new Map<string, string | undefined>();

jest.mock('../src/publishing/publish-post', () => ({
  publishPost: (_: unknown, id: string) => {
    began.push(id);
    contexts.set(id, mockContext.getStore());
    return new Promise((resolve) => {
      ends.set(id, () => resolve({ state: 'published', result: null }));
    });
  },
}));

import { enqueuePublish } from '../src/publishing/queue';

const service = { options: { concurrency: 2 }, itself: () => service } as TwitterModuleService;
/** As a workflow's container gives it: another proxy at every `resolve`. */
const resolve = () => new Proxy(service, {});

it('publishes some posts at once, and one that is asked for again only once', async () => {
  const outcomes = ['one', 'two', 'three', 'three', 'one'].map((id) => enqueuePublish(resolve(), id));
  expect(began).toEqual(['one', 'two']);
  ends.get('two')?.();
  await outcomes[1];
  expect(began).toEqual(['one', 'two', 'three']);
  for (const end of ends.values()) end();
  await expect(Promise.all(outcomes)).resolves.toHaveLength(5);
  expect(began).toHaveLength(3);
  void enqueuePublish(resolve(), 'one');
  expect(began).toEqual(['one', 'two', 'three', 'one']);
});

it('publishes each post in the context of whoever asked for it, also one that had to wait', async () => {
  const other = { options: { concurrency: 1 }, itself: () => other } as TwitterModuleService;
  const outcomes = ['first', 'second', 'third'].map((id) =>
    mockContext.run(`step of ${id}`, () => enqueuePublish(other, id)),
  );
  for (const [index, id] of ['first', 'second', 'third'].entries()) {
    ends.get(id)?.();
    await outcomes[index];
    expect(contexts.get(id)).toBe(`step of ${id}`);
  }
});
