import { estimateCost, type Prices, parseTweetText, validateTweet } from 'twitter-native';
import type TwitterModuleService from '../modules/twitter/service';
import type { CostView, ProblemView, ValidationView } from '../types/http';
import { type ComposedPost, partsOf } from './content';
import { withShopFiles } from './shop-files';

/** X's limit for accounts without a subscription. */
const DEFAULT_LIMIT = 280;

/** What a post and the parts of its thread cost, by X's list of prices. */
export function costOf(post: ComposedPost, prices: Prices = {}): CostView {
  const { usd, items, pricesAsOf } = estimateCost(partsOf(post), prices);
  return { usd, items, prices_as_of: pricesAsOf };
}

/** Checks a post and the parts of its thread as publishing will, without network: all problems, not the first. */
export async function validatePost(twitter: TwitterModuleService, post: ComposedPost): Promise<ValidationView> {
  const { maxWeightedLength = DEFAULT_LIMIT, client, prices } = twitter.options;
  const mediaPolicy = client?.mediaPolicy;
  const limits = { maxWeightedLength, ...(mediaPolicy === undefined ? {} : { mediaPolicy }) };
  const parts = (await withShopFiles(twitter, partsOf(post, maxWeightedLength))).map((part) => {
    const text = part.text ?? '';
    const { weightedLength, validTextRange } = parseTweetText(text);
    const beyond = weightedLength > maxWeightedLength;
    return {
      weighted_length: weightedLength,
      limit: maxWeightedLength,
      fits_until: beyond ? validTextRange.end + 1 : text.length,
      problems: validateTweet(part, limits).problems satisfies ProblemView[],
    };
  });
  return { valid: parts.every(({ problems }) => problems.length === 0), parts, cost: costOf(post, prices) };
}

/** All problems in one list, with the part in front of the field where there is more than one. */
export function problemsOf({ parts }: ValidationView): ProblemView[] {
  return parts.flatMap(({ problems }, index) =>
    problems.map((problem) => (index === 0 ? problem : { ...problem, field: `thread[${index - 1}].${problem.field}` })),
  );
}
