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
    return {
      weighted_length: parseTweetText(text).weightedLength,
      limit: maxWeightedLength,
      fits_until: fitsUntil(text, maxWeightedLength),
      problems: validateTweet(part, limits).problems satisfies ProblemView[],
    };
  });
  return { valid: parts.every(({ problems }) => problems.length === 0), parts, cost: costOf(post, prices) };
}

/** How much of a text's beginning fits, in UTF-16 units. */
export function fitsUntil(text: string, limit: number): number {
  const { weightedLength, validTextRange } = parseTweetText(text);
  if (weightedLength <= limit) return text.length;
  // X's own counting says it for its own limit.
  if (limit === DEFAULT_LIMIT) return validTextRange.end + 1;
  const characters = [...text];
  const beginning = (count: number) => characters.slice(0, count).join('');
  let [fits, beyond] = [0, characters.length];
  while (beyond - fits > 1) {
    const middle = Math.floor((fits + beyond) / 2);
    if (parseTweetText(beginning(middle)).weightedLength <= limit) fits = middle;
    else beyond = middle;
  }
  return beginning(fits).length;
}

/** All problems in one list, with the part in front of the field where there is more than one. */
export function problemsOf({ parts }: ValidationView): ProblemView[] {
  return parts.flatMap(({ problems }, index) =>
    problems.map((problem) => (index === 0 ? problem : { ...problem, field: `thread[${index - 1}].${problem.field}` })),
  );
}
