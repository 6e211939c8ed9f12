import { AsyncResource } from 'node:async_hooks';
import { type queueAsPromised, promise as queueOf } from 'fastq';
import { perService } from '../modules/twitter/per-service';
import type TwitterModuleService from '../modules/twitter/service';
import { type PublishOutcome, publishPost } from './publish-post';

/** Media of a publish take up to 16 MiB of memory while they go up. */
const DEFAULT_CONCURRENCY = 8;

/** What a process publishes, and what waits for that. */
interface Line {
  queue: queueAsPromised<() => Promise<PublishOutcome>, PublishOutcome>;
  publish: (postId: string) => Promise<PublishOutcome>;
  /** By the post: one that waits is asked for again by the job that looks for abandoned posts. */
  pending: Map<string, Promise<PublishOutcome>>;
}

const lineOf = perService((twitter): Line => {
  const publish = (id: string) => publishPost(twitter, id);
  const queue: Line['queue'] = queueOf((work) => work(), twitter.options.concurrency ?? DEFAULT_CONCURRENCY);
  return { queue, publish, pending: new Map() };
});

/** Publishes a claimed post as soon as this process has room for one more. */
export function enqueuePublish(twitter: TwitterModuleService, postId: string): Promise<PublishOutcome> {
  const { queue, publish, pending } = lineOf(twitter);
  const known = pending.get(postId);
  if (known !== undefined) return known;
  // It may begin when another post's publish ends. Its traces still belong to the step that asked for it.
  const work = AsyncResource.bind(() => publish(postId));
  const publishing = queue.push(work).finally(() => pending.delete(postId));
  pending.set(postId, publishing);
  return publishing;
}
