import {
  type CheckpointInspection,
  inspectCheckpoint,
  type PublishOptions,
  publishThread,
  publishTweetWithMedia,
} from 'twitter-native';
import type { Sandbox } from '../../integration-tests/lib/sandbox';

const FORBIDDEN = { title: 'Forbidden', detail: 'You are not permitted to do this.', type: 'about:blank', status: 403 };

/** One that no version of twitter-native can read yet. */
export const UNREADABLE = JSON.stringify({ version: 99 });

/** The first checkpoint of this state with so many posts that stand. */
export function find(kept: string[], state: CheckpointInspection['state'], standing: number): string {
  const found = kept.find((checkpoint) => {
    const read = inspectCheckpoint(checkpoint);
    return read.state === state && read.published.length === standing;
  });
  if (found === undefined) throw new Error(`No checkpoint is ${state} with ${standing} posts`);
  return found;
}

/** The checkpoints of posts with a picture: one that stands, one that was refused, and one that was lost for good. */
export async function checkpointsOfPosts(sandbox: Sandbox): Promise<string[]> {
  const token = sandbox.seedUser().oauth2.accessToken;
  const imageUrls = [`${sandbox.url}/media/jpeg`];
  const kept: string[] = [];
  const publish = (text: string, options: PublishOptions = {}) => {
    const onCheckpoint = (checkpoint: string) => void kept.push(checkpoint);
    return publishTweetWithMedia({ text, imageUrls }, token, null, { onCheckpoint, ...options });
  };
  await publish('It stands');

  const refusal = { kind: 'status' as const, status: 403, body: FORBIDDEN };
  sandbox.faults.add({ endpoint: 'createTweet', fault: refusal, times: 1 });
  await expect(publish('It was refused')).rejects.toMatchObject({ code: 'FORBIDDEN' });

  sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
  const unread = publish('It was lost', { reconcile: { scheduleMs: [] } });
  await expect(unread).rejects.toMatchObject({ code: 'UNKNOWN_OUTCOME' });
  // The timeline has had time to show it, so a call that is made now calls it absent.
  sandbox.clock.advance(125_000);
  const read = publish('It was lost', { checkpoint: kept.at(-1), reconcile: { scheduleMs: [1, 2, 3] } });
  await expect(read).rejects.toMatchObject({ code: 'UNKNOWN_OUTCOME' });
  return kept;
}

/** The checkpoints of a thread of two parts. The answer to its second one was lost; it was found. */
export async function checkpointsOfThread(sandbox: Sandbox): Promise<string[]> {
  const token = sandbox.seedUser().oauth2.accessToken;
  const kept: string[] = [];
  sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, attempt: 2 });
  await publishThread([{ text: 'One' }, { text: 'Two' }], token, null, {
    onCheckpoint: (checkpoint) => void kept.push(checkpoint),
    reconcile: { scheduleMs: [0] },
  });
  return kept;
}
