import { type queueAsPromised, promise as queueOf } from 'fastq';
import type SocialsModuleService from '../modules/socials/service';
import { type PublishOutcome, publishPost } from './publish-post';

/** Media of a publish take up to 16 MiB of memory while they go up. */
const DEFAULT_CONCURRENCY = 8;

const queues = new WeakMap<SocialsModuleService, queueAsPromised<string, PublishOutcome>>();

/** Publishes a claimed post as soon as this process has room for one more. */
export function enqueuePublish(socials: SocialsModuleService, postId: string): Promise<PublishOutcome> {
  let queue = queues.get(socials);
  if (queue === undefined) {
    const publish = (id: string) => publishPost(socials, id);
    queue = queueOf(publish, socials.options.concurrency ?? DEFAULT_CONCURRENCY);
    queues.set(socials, queue);
  }
  return queue.push(postId);
}
