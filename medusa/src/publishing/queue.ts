import { type queueAsPromised, promise as queueOf } from 'fastq';
import type SocialsModuleService from '../modules/socials/service';
import { type PublishOutcome, publishPost } from './publish-post';

/** Media of a publish take up to 16 MiB of memory while they go up. */
const DEFAULT_CONCURRENCY = 8;

/** What a process publishes, and what waits for that. */
interface Line {
  queue: queueAsPromised<string, PublishOutcome>;
  /** By the post: one that waits is asked for again by the job that looks for abandoned posts. */
  pending: Map<string, Promise<PublishOutcome>>;
}

const lines = new WeakMap<SocialsModuleService, Line>();

function lineOf(socials: SocialsModuleService): Line {
  let line = lines.get(socials);
  if (line === undefined) {
    const publish = (id: string) => publishPost(socials, id);
    const queue = queueOf(publish, socials.options.concurrency ?? DEFAULT_CONCURRENCY);
    line = { queue, pending: new Map() };
    lines.set(socials, line);
  }
  return line;
}

/** Publishes a claimed post as soon as this process has room for one more. */
export function enqueuePublish(socials: SocialsModuleService, postId: string): Promise<PublishOutcome> {
  const { queue, pending } = lineOf(socials);
  const known = pending.get(postId);
  if (known !== undefined) return known;
  const publishing = queue.push(postId).finally(() => pending.delete(postId));
  pending.set(postId, publishing);
  return publishing;
}
