import TwitterService, * as twitter from 'twitter-native';
import exercise from './exercise.cjs';

const service: TwitterService = new TwitterService({ apiKey: 'a', apiSecret: 'b', clientId: 'c', clientSecret: 'd' });
if (!(service instanceof twitter.TwitterService)) throw new Error('the default export is not the class');
await exercise({ ...twitter, default: TwitterService });
