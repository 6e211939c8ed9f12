'use strict';

const { setTimeout: wait } = require('node:timers/promises');
const { accountId } = require('../account.js');
const { api } = require('../api.js');
const { CONTENT_OPTIONS, checkFiles, contentOf, identityOf, readPlan } = require('../content.js');
const { CliError, EXIT, causeOf, exitCodeOf, messageOf, usage } = require('../failure.js');
const { preparationLine } = require('../preparation.js');
const { LOOKS_MS } = require('../state.js');

/** For so long the same content counts as the same post, unless somebody says that it is another one. */
const SAME_POST_MS = 12 * 3_600_000;
/** How often another process that publishes the same is asked for. */
const LOOK_AGAIN_MS = 300;
/** What the package says of a medium that is sound, but of another kind than it was given as. */
const OTHER_KIND = /does not accept as/;
/** What may be wrong with a medium that another option mends. */
const ABOUT_MEDIA = ['INVALID_MEDIA', 'MEDIA_TOO_LARGE'];
/** Stands for a token where nothing is sent. */
const NOTHING_IS_SENT = 'dry-run';

/** @typedef {import('../context.js').Context} Context */
/** @typedef {import('../content.js').Plan} Plan */
/** @typedef {import('../state.js').PostState} PostState */
/** @typedef {Awaited<ReturnType<PostState['status']>>} Status */

/** @type {import('../context.js').Command} */
const command = {
  summary: 'Post a text, media, a poll or a thread, once.',
  usage: ['"TEXT" [--image FILE --alt "TEXT"]...', '--thread FILE'],
  positional: { most: 1, takes: 'one text' },
  options: {
    ...CONTENT_OPTIONS,
    again: { type: 'boolean', help: 'post it although the same was posted a short while ago' },
    'dry-run': { type: 'boolean', help: 'check everything, show what it costs, send nothing to X' },
  },
  about: [
    'The same command again continues where it was interrupted, and posts nothing twice: not after Ctrl-C, not after a ' +
      'crash, and not from two processes at once. Content counts as the same for 12 hours; --again posts it once more.',
    'It prints the address of the post, of a thread those of all its parts.',
  ],
  run,
};

/** @param {Context} context */
async function run(context) {
  const { args, signal, states } = context;
  const plan = readPlan(args);
  checkFiles(plan);
  if (args.flags['dry-run']) return dryRun(context, plan);
  const identity = await identityOf(plan, signal);
  // What was begun may be in doubt: then nothing may keep it from being looked for, not even a check that fails now.
  const isChecked = !states.isBegun(identity);
  if (isChecked) await check(context, plan);
  const account = context.account();
  const id = await accountId(account, states, context.call);
  await states.tidy();
  const { state, status } = await choose(states.of(id, identity), args.flags.again === true);
  if (status?.state === 'published') return alreadyPublished(context, state, status);
  if (!isChecked && isUntouched(status)) await check(context, plan);
  await tellDoubts(context, id, state);
  const result = await publish(context, state, plan, account).catch(async (error) => {
    throw await explained(error, state, plan);
  });
  report(context, state, result);
}

/**
 * The state that this command is about: the latest of this content, or a new one.
 * @param {{ latest: PostState | undefined, next: () => PostState }} times
 * @param {boolean} again
 * @returns {Promise<{ state: PostState, status?: Status }>}
 */
async function choose({ latest, next }, again) {
  if (latest === undefined) return { state: next() };
  const status = await latest.status();
  const isAbandoned = status.state === 'failed' && status.inDoubt;
  if (isAbandoned && again) return { state: next() };
  if (isAbandoned) throw usage('You have abandoned this post with resolve --abandon. To post it anyway, add --again.');
  if (status.state !== 'published') return { state: latest, status };
  const isRecent = Date.now() - status.storedAt < SAME_POST_MS;
  // Whoever was interrupted before the address was printed does not know that it is there.
  if (!isRecent || (again && latest.isReported())) return { state: next() };
  return { state: latest, status };
}

/** Nothing of it exists or may exist. @param {Status | undefined} status */
const isUntouched = (status) => status === undefined || (!status.inDoubt && status.published.length === 0);

/** @param {Context} context @param {PostState} state @param {Status} status */
function alreadyPublished({ output }, state, { tweetId, tweetUrl, published, storedAt }) {
  const minutes = Math.round((Date.now() - storedAt) / 60_000);
  const ago = minutes < 1 ? 'less than a minute' : minutes === 1 ? 'a minute' : `${minutes} minutes`;
  output.note(`Already published, ${ago} ago. To post it once more, add --again.`);
  const data = { alreadyPublished: true, tweetId, tweetUrl, published, state: state.id };
  output.result(data, published.length > 1 ? published.map(urlOf) : [String(tweetUrl)]);
  state.markReported();
}

/** @param {string} tweetId */
const urlOf = (tweetId) => `https://twitter.com/i/web/status/${tweetId}`;

/** Names posts of the account whose outcome nobody knows. @param {Context} context @param {string} account @param {PostState} own */
async function tellDoubts({ output, states }, account, own) {
  for (const { account: of, state } of states.all()) {
    if (of !== account || state.id === own.id) continue;
    const { state: word } = await state.status().catch(() => ({ state: 'unknown' }));
    if (word === 'unknown') output.note(`An earlier post is still in doubt: twitter-native resolve ${state.id}`);
  }
}

/** All checks of the package, without sending anything to X. @param {Context} context @param {Plan} plan */
async function check(context, plan) {
  try {
    return await tryOut(context, plan);
  } catch (error) {
    throw await advised(error, context, plan);
  }
}

/** @param {Context} context @param {Plan} plan */
function tryOut(context, { parts, isThread, mediaOptions }) {
  const { publishThread, publishTweetWithMedia } = api();
  const options = { ...context.call, media: mediaOptions, dryRun: true };
  const contents = parts.map(contentOf);
  if (isThread) return publishThread(contents, NOTHING_IS_SENT, null, options);
  return publishTweetWithMedia(contents[0], NOTHING_IS_SENT, null, options);
}

/** An error with the option that would help, if one does. @param {any} error @param {Context} context @param {Plan} plan */
async function advised(error, context, plan) {
  const withAdvice = (/** @type {string} */ sentence) =>
    new CliError(error.code, messageOf(error), exitCodeOf(error), { ...error.toJSON(), advice: [sentence] });
  if (!ABOUT_MEDIA.includes(error.code)) return error;
  const mediaOptions = /** @type {const} */ ({ prepare: 'fit' });
  const canBeFitted =
    plan.mediaOptions.prepare !== 'fit' &&
    (await tryOut(context, { ...plan, mediaOptions }).then(Boolean, () => false));
  if (canBeFitted) return withAdvice('Add --prepare fit to turn it into a picture that X accepts.');
  const kind = plan.isThread ? undefined : plan.parts[0]?.media[error.mediaIndex]?.kind;
  if (!kind || !OTHER_KIND.test(error.message)) return error;
  return withAdvice(`It was given as --${kind}: --image is for pictures, --gif for animated GIFs, --video for videos.`);
}

/** @param {Context} context @param {Plan} plan */
async function dryRun(context, plan) {
  const { parseTweetText } = api();
  const result = /** @type {any} */ (await check(context, plan));
  const { estimatedCost, tweets = [result] } = result;
  const parts = plan.parts.map(({ fields, media }, index) => ({
    weightedLength: parseTweetText(fields.text ?? '').weightedLength,
    limit: fields.maxWeightedLength ?? 280,
    media: media.length,
    withoutAltText: media.filter(({ alt }) => alt === undefined).length,
    prepare: /** @type {import('../../../index.js').MediaPreparation[]} */ (tweets[index]?.prepare ?? []),
  }));
  const lines = parts.flatMap(({ weightedLength, limit, media, withoutAltText, prepare }, index) => {
    const name = plan.isThread ? `Part ${index + 1}` : 'The post';
    const described = withoutAltText > 0 ? `, ${withoutAltText} without --alt` : '';
    const counted = `${weightedLength} of ${limit} characters, ${media} ${media === 1 ? 'medium' : 'media'}${described}`;
    const sources = plan.parts[index]?.media ?? [];
    const prepared = prepare.flatMap((done, at) => preparationLine(sources[at]?.source ?? '', done) ?? []);
    return [`${name}: ${counted}`, ...prepared];
  });
  const cost = `It would cost about $${estimatedCost.usd} (prices of ${estimatedCost.pricesAsOf}). Nothing was sent.`;
  context.output.result({ dryRun: true, parts, estimatedCost }, [...lines, cost]);
}

/**
 * Publishes by the state's intent. While another process is at it, this one waits for what comes of it.
 * @param {Context} context @param {PostState} state @param {Plan} plan @param {import('../credentials.js').Account} account
 */
async function publish({ bar, call, output, signal, timeoutMs }, state, plan, { oauth2, oauth1 }) {
  const { parts, isThread, mediaOptions } = plan;
  const until = performance.now() + (timeoutMs ?? Number.POSITIVE_INFINITY);
  const contents = parts.map(contentOf);
  let isNoted = false;
  for (;;) {
    try {
      const left = until - performance.now();
      const limit = Number.isFinite(left) ? { timeoutMs: Math.max(1, Math.round(left)) } : {};
      const options = {
        ...call,
        ...limit,
        media: mediaOptions,
        reconcile: { scheduleMs: LOOKS_MS },
        onProgress: (/** @type {any} */ event) => bar.show(event),
      };
      const content = /** @type {any} */ (isThread ? contents : contents[0]);
      return /** @type {any} */ (await state.intent.publish(content, oauth2, oauth1, options));
    } catch (error) {
      const { code, retryAt } = /** @type {import('../../../index.js').TwitterError} */ (error);
      if (code !== 'IN_PROGRESS' || performance.now() > until) throw error;
      if (!isNoted) output.note('Another process is publishing this, or was ended while it did. Waiting for it.');
      isNoted = true;
      const due = Number(retryAt ?? 0) - Date.now();
      await wait(Math.min(Math.max(due, 20), LOOK_AGAIN_MS), undefined, { signal });
    }
  }
}

/** @param {Context} context @param {PostState} state @param {any} result */
function report({ output }, state, result) {
  const tweets = result.tweets ?? [result];
  const urls = tweets.map((/** @type {any} */ { tweetUrl }) => tweetUrl);
  const found = tweets.some((/** @type {any} */ { reconciled }) => reconciled);
  for (const warning of tweets.flatMap((/** @type {any} */ tweet) => tweet.warnings ?? []))
    output.note(`X says: ${warning}`);
  if (found) output.note('X’s answer had been lost; the post was found on the timeline.');
  output.result({ ...result, state: state.id }, urls);
  state.markReported();
}

/**
 * What went wrong, with what exists by now and what to do.
 * @param {any} thrown @param {PostState} state @param {Plan} plan
 */
async function explained(thrown, state, { parts, isThread }) {
  const error = state.explained(causeOf(thrown));
  const fields = { ...(error?.toJSON?.() ?? error?.fields), state: state.id };
  const wrap = (/** @type {string} */ message, /** @type {object} */ more) =>
    new CliError(error.code, message, exitCodeOf(error), { ...fields, ...more });
  if (error?.code === 'UNKNOWN_OUTCOME') {
    if (typeof error.checkpoint === 'string') state.keepCheckpoint(error.checkpoint);
    const resolve = `twitter-native resolve ${state.id}`;
    const advice = ['Do not post it in other words before you know. To look for it:', `  ${resolve}`];
    return wrap(messageOf(error), { resolve, advice });
  }
  const exists = await state.intent.status().catch(() => undefined);
  const published = exists?.published ?? [];
  if (isThread && published.length > 0) {
    const advice = [
      `${published.length} of ${parts.length} parts are published; the same command continues after them:`,
      ...published.map((id) => `  ${urlOf(id)}`),
    ];
    return wrap(messageOf(error), { published, advice });
  }
  if (exitCodeOf(error) === EXIT.aborted || error?.name === 'AbortError') {
    const what = exists?.state === 'published' ? 'The post is published.' : 'Nothing was posted.';
    return new CliError('ABORTED', `Stopped. ${what} The same command continues from here.`, EXIT.aborted, fields);
  }
  return error;
}

module.exports = command;
