import { type queueAsPromised, promise as queueOf } from 'fastq';
import { perService } from '../modules/twitter/per-service';
import type TwitterModuleService from '../modules/twitter/service';
import { type PublishOutcome, publishPost } from './publish-post';

/** Media of a publish take up to 16 MiB of memory while they go up. */
const DEFAULT_CONCURRENCY = 8;

/** What a process publishes, and what waits for that. */
interface Line {
  queue: queueAsPromised<string, PublishOutcome>;
  /** By the post: one that waits is asked for again by the job that looks for abandoned posts. */
  pending: Map<string, Promise<PublishOutcome>>;
}

const lineOf = perService((twitter): Line => {
  const publish = (id: string) => publishPost(twitter, id);
  return { queue: queueOf(publish, twitter.options.concurrency ?? DEFAULT_CONCURRENCY), pending: new Map() };
});

/** Publishes a claimed post as soon as this process has room for one more. */
export function enqueuePublish(twitter: TwitterModuleService, postId: string): Promise<PublishOutcome> {
  const { queue, pending } = lineOf(twitter);
  const known = pending.get(postId);
  if (known !== undefined) return known;
  const publishing = queue.push(postId).finally(() => pending.delete(postId));
  pending.set(postId, publishing);
  return publishing;
}
