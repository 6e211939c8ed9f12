import { Blob as NodeBlob, File as NodeFile } from 'node:buffer';
import { createReadStream, openAsBlob } from 'node:fs';
import * as everything from 'twitter-native';
import TwitterService, {
  type ActivityEvent,
  type ActivitySubscription,
  activitySubscriptions,
  getTweetsMetrics,
  initiateUserAuth,
  type MediaData,
  parseTweetText,
  probeMedia,
  type TweetMetricsResult,
  uploadMedia,
  validateTweet,
  webhooks,
} from 'twitter-native';

const { authUrl, state, codeVerifier } = initiateUserAuth('https://shop.example/callback');
const weight: number = parseTweetText('Hello').weightedLength;
const problems = validateTweet(
  { text: 'Hello', imageUrls: ['https://shop.example/1.jpg'] },
  { maxWeightedLength: 280 },
);
const id: string = await uploadMedia({ stream: createReadStream('video.mp4'), size: 10 }, 'token', { mediaApi: 'v2' });
const probe = await probeMedia({ data: new Uint8Array(10), filename: 'a.png' });
const results: TweetMetricsResult[] = await getTweetsMetrics(['1'], 'token', { scope: 'owner' });
const service: TwitterService = new everything.TwitterService({ clientId: 'id', clientSecret: 'secret' });

const bytes = new Uint8Array(10);
const memory: MediaData[] = [
  Buffer.from(bytes),
  bytes.buffer,
  new SharedArrayBuffer(10),
  new Float32Array(10),
  new DataView(bytes.buffer),
  new NodeBlob([bytes]),
  new NodeFile([bytes], 'a.png'),
  new Blob([bytes]),
  new File([bytes], 'a.png'),
  await openAsBlob('a.png'),
];
for (const data of memory) await uploadMedia({ data }, 'token');
await uploadMedia({ stream: new Blob([bytes]) }, 'token');

const webhook = await webhooks.create('https://shop.example/webhooks/x', { apiKey: 'k', apiSecret: 's', timeoutMs: 5 });
const subscriptions: ActivitySubscription[] = (await activitySubscriptions.list(null, { maxResults: 10 }))
  .subscriptions;
await activitySubscriptions.create(
  { eventType: 'like.create', filter: { userId: '1', direction: 'inbound' }, webhookId: webhook.id },
  'token',
);
await webhooks.replay({ webhookId: webhook.id, from: new Date(0), to: Date.now() });

/** The post that an event is about. */
function postOf({ data }: ActivityEvent): string | undefined {
  if (data.event_type === 'post.create') return data.payload.id;
  if (data.event_type === 'post.delete') return data.payload.id;
  if (data.event_type === 'like.create') return data.payload.liked_tweet_id;
  // @ts-expect-error nothing is known of other payloads
  if (data.event_type === 'follow.follow') return data.payload.source;
  return undefined;
}

// @ts-expect-error the types of events are a closed list
await activitySubscriptions.create({ eventType: 'post.created', filter: { userId: '1' } });

// @ts-expect-error webhooks are the app's
await webhooks.list('token');

// @ts-expect-error a text is no bytes
const text: MediaData = 'GIF89a';

// @ts-expect-error ids are strings
await getTweetsMetrics([1], 'token');

export { authUrl, codeVerifier, id, postOf, probe, problems, results, service, state, subscriptions, text, weight };
