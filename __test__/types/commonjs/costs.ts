// A backend that shows what posts cost, and listens to Node's channels.
import { subscribe } from 'node:diagnostics_channel';
import {
  type CostEstimate,
  type CostItem,
  createTweet,
  estimateCost,
  getUsage,
  type Prices,
  type PublishedMessage,
  publishThread,
  publishTweetWithMedia,
  type RequestMessage,
  type Usage,
} from 'twitter-native';

const prices: Prices = { postWithLink: 0.25, asOf: '2027-01-01' };
const estimate: CostEstimate = estimateCost({ text: 'One', imageUrls: ['https://shop.example/1.jpg'] }, prices);
const items: CostItem[] = estimateCost([{ text: 'One' }, { text: 'Two' }]).items;
const month: number = estimateCost({ calls: { ownedReads: 120, userReads: 1 } }).usd;
const kinds: Array<'post' | 'post_with_link' | string> = items.map(({ what, part }) => `${what} ${part ?? 0}`);

// @ts-expect-error it is no price of the list
estimateCost({ text: 'One' }, { tweet: 1 });

// @ts-expect-error it is no kind of call
estimateCost({ calls: { reads: 1 } });

export async function costs(token: string): Promise<number[]> {
  const post = await publishTweetWithMedia({ text: 'One' }, token, null, { prices });
  const thread = await publishThread([{ text: 'One' }], token);
  const created = await createTweet({ text: 'Two' }, token, { prices });
  const usage: Usage = await getUsage({ days: 30, apiKey: 'key', apiSecret: 'secret', timeoutMs: 5000 });
  const left: number | undefined = usage.credits?.totalUsd ?? usage.cap;
  const known = [post, thread, created].map(({ estimatedCost }) => estimatedCost.usd);
  return [...known, left ?? 0, usage.days[0]?.postsRead ?? 0, month, estimate.usd, kinds.length];
}

subscribe('twitter-native:request', (message) => {
  const { call, path, status } = message as RequestMessage;
  console.log(call, path, status);
});
subscribe('twitter-native:publish', (message) => {
  const { operation, durationMs, error } = message as PublishedMessage;
  console.log(operation, durationMs, error?.code);
});
