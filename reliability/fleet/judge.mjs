// What must be true of a fleet's work, by the sandbox's ledger.

/** @typedef {{ name: string, passed: boolean, figure: string }} Verdict */

/** @param {any[]} items @param {(item: any) => string} key */
function countBy(items, key) {
  const counts = new Map();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

/** @param {import('../../sandbox/index.js').Sandbox} sandbox @param {{ id: string, caption: string }[]} drafts @param {any[]} posts */
function onceEach({ ledger }, drafts, posts) {
  const out = countBy(ledger.tweets(), ({ body }) => body.text);
  const twice = drafts.filter(({ caption }) => (out.get(caption) ?? 0) > 1).length;
  const never = drafts.filter(({ caption }) => !out.has(caption)).length;
  const captions = new Map(ledger.tweets().map(({ id, body }) => [id, body.text]));
  const wrong = posts.filter(({ caption, post_url }) => captions.get(post_url?.split('/').at(-1)) !== caption).length;
  return [
    {
      name: 'every post is out exactly once',
      passed: twice === 0 && never === 0,
      figure: `${ledger.tweets().length} for ${drafts.length}, ${twice} twice, ${never} never`,
    },
    {
      name: 'every row says posted, with the URL of its own post',
      passed: wrong === 0 && posts.length === drafts.length && posts.every(({ status }) => status === 'posted'),
      figure: `${posts.filter(({ status }) => status === 'posted').length} posted, ${wrong} of another URL`,
    },
  ];
}

/** @param {import('../../sandbox/index.js').Sandbox} sandbox @param {{ accounts: number, lifeMs: number }} rules */
function oneRefreshPerExpiry({ ledger }, { accounts, lifeMs }) {
  const families = new Map();
  for (const token of ledger.tokens()) families.set(token.family, [...(families.get(token.family) ?? []), token]);
  const used = [...families].filter(([, tokens]) => tokens.length > 1);
  const ended = [...families.keys()].filter(({ revoked, refreshes }) => revoked && refreshes > 0).length;
  // A second refresh of one expiry would follow the first one at once.
  const early = used.flatMap(([, tokens]) => {
    const issued = tokens.map((/** @type {any} */ { issuedAt }) => issuedAt).sort();
    return issued
      .slice(1)
      .filter((/** @type {number} */ at, /** @type {number} */ index) => at - issued[index] < lifeMs / 2);
  }).length;
  const refreshes = used.reduce((sum, [, tokens]) => sum + tokens.length - 1, 0);
  const refused = ledger.requests({ endpoint: 'token' }).filter(({ status }) => status !== 200).length;
  return {
    name: 'one refresh for each expiry, and no grant has ended',
    passed: used.length === accounts && early === 0 && ended === 0 && refused === 0,
    figure: `${refreshes} refreshes of ${used.length} accounts, ${early} of them too many, ${refused} refused, ${ended} grants ended`,
  };
}

/**
 * What a reader of a refusal wants to know: when it came, and after how many posts of its account's.
 * @param {any} refused @param {any[]} requests
 */
function whenRefused(refused, requests) {
  const begun = requests[0].at;
  const before = requests.filter(({ userId, at }) => userId === refused.userId && at < refused.at);
  const seconds = (/** @type {any} */ { at }) => ((at - begun) / 1000).toFixed(1);
  return `refused at ${seconds(refused)} s after ${before.map(seconds).join(', ')}`;
}

/** @param {import('../../sandbox/index.js').Sandbox} sandbox @param {number} limit */
function limitsKept({ ledger }, limit) {
  const requests = ledger.requests({ endpoint: 'createTweet' });
  const refused = requests.filter(({ status }) => status === 429);
  const most = Math.max(...countBy(requests, ({ userId }) => userId).values());
  const figures = [
    `${refused.length} of ${requests.length} requests were refused`,
    `up to ${most} of one account, with ${limit} a window`,
    ...refused.map((request) => whenRefused(request, requests)),
  ];
  return {
    name: 'limits are kept ahead of X’s refusals',
    passed: refused.length === 0 && most > limit,
    figure: figures.join('; '),
  };
}

/**
 * X bills what is read. No post is old enough for its first reading, so nothing but posts in doubt and the accounts' own
 * profiles may be read, however many processes there are.
 * @param {import('../../sandbox/index.js').Sandbox} sandbox @param {number} posts
 */
function readsCounted({ ledger }, posts) {
  const { post: plain, post_read: read } = ledger.billed();
  const metrics = ledger.requests({ endpoint: 'lookupTweets' }).length;
  return {
    name: 'X bills each post once, and no reading of metrics before its time',
    passed: plain.billed === posts && metrics === 0,
    figure: `${plain.billed} posts billed, ${metrics} readings of metrics, ${read.billed} posts read on timelines`,
  };
}

/**
 * @param {import('../../sandbox/index.js').Sandbox} sandbox
 * @param {{ id: string, caption: string }[]} drafts
 * @param {any[]} posts as the shop shows them
 * @param {{ accounts: number, limit: number, lifeMs: number }} rules
 * @returns {Verdict[]}
 */
export function judge(sandbox, drafts, posts, rules) {
  return [
    ...onceEach(sandbox, drafts, posts),
    oneRefreshPerExpiry(sandbox, rules),
    limitsKept(sandbox, rules.limit),
    readsCounted(sandbox, drafts.length),
  ];
}
