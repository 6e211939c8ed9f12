import type { PublishedTweet } from 'twitter-native';
import * as helpers from 'twitter-native/medusa';
import { type ContainerLike, publishOnce, type TwitterMedusaError } from 'twitter-native/medusa';

declare const container: ContainerLike;
const post: PublishedTweet = await publishOnce(
  container,
  { table: 'social_post', id: 1n, column: 'insights', key: 'twitter' },
  { text: 'Hello' },
  { oauth1: { apiKey: '1', apiSecret: '2', accessToken: '3', accessTokenSecret: '4' } },
);
const error: TwitterMedusaError = helpers.toMedusaError('anything');

export { error, post };
