import * as twitter from 'twitter-native';
import TwitterService, { publishTweetWithMedia } from 'twitter-native';
import exercise from './exercise.cjs';

await exercise({ ...twitter, default: TwitterService, publishTweetWithMedia });
