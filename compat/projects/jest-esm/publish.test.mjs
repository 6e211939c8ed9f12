import TwitterService, * as twitter from 'twitter-native';
import exercise from './exercise.cjs';

test('it publishes', async () => {
  await exercise({ ...twitter, default: TwitterService });
});

test('errors are those of the test’s own realm', () => {
  expect(() => twitter.signOAuth1Request({ method: 'GET', url: 'nothing' }, Object())).toThrow(twitter.TwitterError);
  expect(() => twitter.signOAuth1Request({ method: 'GET', url: 'nothing' }, Object())).toThrow(Error);
});
