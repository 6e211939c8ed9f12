import TwitterService, * as twitter from 'twitter-native';
import { expect, test } from 'vitest';
import exercise from './exercise.cjs';

test('it publishes', async () => {
  await exercise({ ...twitter, default: TwitterService });
});

test('errors are errors', () => {
  expect(() => twitter.signOAuth1Request({ method: 'GET', url: 'nothing' }, Object())).toThrow(twitter.TwitterError);
});
