// Reads the metrics of posts, a hundred in one request: node examples/metrics.mjs ID…
import { getTweetsMetrics } from 'twitter-native';
import { tokenFromEnvironment } from './lib/token.mjs';

const results = await getTweetsMetrics(process.argv.slice(2), tokenFromEnvironment(), { scope: 'owner' });
for (const { tweetId, metrics, error } of results) {
  if (error) console.log(`${tweetId}: ${error.message}`);
  else console.log(`${tweetId}: ${metrics.likes} likes, ${metrics.retweets} reposts, ${metrics.replies} replies`);
}
