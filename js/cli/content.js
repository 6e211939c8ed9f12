'use strict';

const { createHash } = require('node:crypto');
const { createReadStream, openSync, closeSync, fstatSync } = require('node:fs');
const { resolve } = require('node:path');
const { idOf, numberOf } = require('./args.js');
const { fileWords, usage } = require('./failure.js');
const { readThread } = require('./thread-file.js');

/** @typedef {import('../../index.js').PublishContent} PublishContent */
/** @typedef {import('./args.js').Arguments} Arguments */

/**
 * A medium of a post.
 * @typedef {object} Medium
 * @property {'image' | 'gif' | 'video' | undefined} kind what the command line says that it is
 * @property {string} source a path or a URL
 * @property {string | undefined} alt
 */

/** @typedef {{ fields: Omit<PublishContent, 'media'>, media: Medium[] }} Part */
/**
 * What is to be posted, and what is done with its media first. The latter is not part of a post's identity: the
 * same post may be resumed with another `--prepare`.
 * @typedef {{ parts: Part[], isThread: boolean, mediaOptions: import('../../index.js').MediaOptions }} Plan
 */

/** @type {Record<string, import('./args.js').OptionSpec>} */
const CONTENT_OPTIONS = {
  image: { type: 'string', multiple: true, value: 'FILE|URL', help: 'a picture; up to 4' },
  gif: { type: 'string', multiple: true, value: 'FILE|URL', help: 'an animated GIF' },
  video: { type: 'string', multiple: true, value: 'FILE|URL', help: 'a video' },
  alt: {
    type: 'string',
    multiple: true,
    value: 'TEXT',
    help: 'what the medium before it shows, for people who can’t see it',
  },
  prepare: {
    type: 'string',
    value: 'HOW',
    help: 'strip removes identifying metadata (default), fit also makes pictures fit X’s limits, off changes nothing',
  },
  thread: { type: 'string', value: 'FILE', help: 'post a thread: parts separated by lines of ---' },
  'reply-to': { type: 'string', value: 'ID', help: 'answer this post' },
  quote: { type: 'string', value: 'ID', help: 'quote this post' },
  poll: { type: 'string', multiple: true, value: 'CHOICE', help: 'a choice of a poll; 2 to 4' },
  'poll-minutes': { type: 'string', value: 'N', help: 'how long the poll lasts; a day unless given' },
  'reply-settings': {
    type: 'string',
    value: 'WHO',
    help: 'who may reply: following, mentionedUsers, subscribers, verified',
  },
  'made-with-ai': { type: 'boolean', help: 'say that the media were made with AI' },
  'paid-partnership': { type: 'boolean', help: 'say that it is a paid partnership' },
  'max-length': { type: 'string', value: 'N', help: 'characters that the account may write: up to 25000 with Premium' },
};

const MEDIA_OPTIONS = ['image', 'gif', 'video'];
/** What belongs to one post; a thread's file says it for each part, or it makes no sense there. */
const SINGLE_ONLY = [...MEDIA_OPTIONS, 'alt', 'quote', 'poll', 'poll-minutes'];
const DAY_MINUTES = 1440;
const PREPARE = ['fit', 'strip', 'off'];
const REPLY_SETTINGS = ['everyone', 'following', 'mentionedUsers', 'subscribers', 'verified'];
/** @type {Record<string, import('../../index.js').MediaCategory>} */
const CATEGORIES = { image: 'tweet_image', gif: 'tweet_gif', video: 'tweet_video' };

/** What the arguments of `post` ask for. @param {Arguments} read @returns {Plan} */
function readPlan(read) {
  const isThread = read.texts.thread !== undefined;
  const parts = isThread ? readThreadParts(read) : [readPost(read)];
  return { parts, isThread, mediaOptions: mediaOptionsOf(read, parts) };
}

/** @param {Arguments} read @returns {Part} */
function readPost(read) {
  const { texts, positionals, given } = read;
  const [text] = positionals;
  const media = mediaOf(given);
  const poll = pollOf(read);
  if (text === undefined && media.length === 0) {
    throw usage('There is nothing to post. Give a text, a medium or --thread FILE; see twitter-native post --help.');
  }
  const quote = texts.quote === undefined ? {} : { quoteTweetId: idOf(texts.quote, '--quote') };
  const fields = { text: text ?? '', ...commonFields(read), ...replyOf(read), ...quote, ...(poll ? { poll } : {}) };
  return { fields, media };
}

/** @param {Arguments} read @returns {Part[]} */
function readThreadParts(read) {
  const { texts, positionals, given } = read;
  if (positionals.length > 0)
    throw usage('Give a text or --thread FILE, not both: the file has all parts of the thread.');
  const single = given.find(({ name }) => SINGLE_ONLY.includes(name));
  if (single) {
    throw usage(
      `--${single.name} does not go with --thread. Media of a part are lines of its file: ![what it shows](picture.jpg)`,
    );
  }
  const common = commonFields(read);
  return readThread(String(texts.thread)).map(({ text, media }, index) => ({
    fields: { text, ...common, ...(index === 0 ? replyOf(read) : {}) },
    media: media.map((medium) => ({ kind: undefined, ...medium })),
  }));
}

/** What is done with the media first. @param {Arguments} read @param {Part[]} parts @returns {Plan['mediaOptions']} */
function mediaOptionsOf({ texts }, parts) {
  const { prepare } = texts;
  if (prepare === undefined) return {};
  if (!PREPARE.includes(prepare)) throw usage(`--prepare takes one of ${PREPARE.join(', ')}.`);
  if (parts.every(({ media }) => media.length === 0)) throw usage('--prepare goes with media, and there are none.');
  return { prepare: /** @type {Plan['mediaOptions']['prepare']} */ (prepare) };
}

/** @param {Arguments} read */
function replyOf({ texts }) {
  return texts['reply-to'] === undefined ? {} : { replyTo: idOf(texts['reply-to'], '--reply-to') };
}

/** What all parts of a thread have in common. @param {Arguments} read @returns {Partial<PublishContent>} */
function commonFields(read) {
  const { texts, flags } = read;
  const settings = texts['reply-settings'];
  if (settings !== undefined && !REPLY_SETTINGS.includes(settings)) {
    throw usage(`--reply-settings takes one of ${REPLY_SETTINGS.join(', ')}.`);
  }
  const length = numberOf(read, 'max-length', { least: 1, most: 25_000 });
  return {
    ...(settings === undefined ? {} : { replySettings: /** @type {PublishContent['replySettings']} */ (settings) }),
    ...(flags['made-with-ai'] ? { madeWithAi: true } : {}),
    ...(flags['paid-partnership'] ? { paidPartnership: true } : {}),
    ...(length === undefined ? {} : { maxWeightedLength: length }),
  };
}

/** @param {Arguments} read */
function pollOf(read) {
  const options = read.given.filter(({ name }) => name === 'poll').map(({ value }) => String(value));
  const minutes = numberOf(read, 'poll-minutes', { least: 5, most: 10_080 });
  if (options.length === 0 && minutes !== undefined)
    throw usage('--poll-minutes goes with --poll CHOICE --poll CHOICE.');
  return options.length === 0 ? undefined : { options, durationMinutes: minutes ?? DAY_MINUTES };
}

/** Media in the order given; an `--alt` belongs to the one before it. @param {Arguments['given']} given @returns {Medium[]} */
function mediaOf(given) {
  /** @type {Medium[]} */
  const media = [];
  for (const { name, value } of given) {
    if (MEDIA_OPTIONS.includes(name)) {
      media.push({ kind: /** @type {Medium['kind']} */ (name), source: sourceOf(String(value), name), alt: undefined });
    }
    if (name !== 'alt') continue;
    const last = media.at(-1);
    if (last === undefined) throw usage('--alt comes after the --image, --gif or --video that it describes.');
    if (last.alt !== undefined) throw usage('A medium has two --alt. Put each after the medium that it describes.');
    last.alt = value;
  }
  return media;
}

/** @param {string} value @param {string} name */
function sourceOf(value, name) {
  if (value === '') throw usage(`--${name} needs a file or a URL.`);
  return isUrl(value) ? value : resolve(value);
}

/** @param {string} source */
const isUrl = (source) => /^https?:\/\//i.test(source);

/** The content as the package takes it. @param {Part} part @returns {PublishContent} */
function contentOf({ fields, media }) {
  if (media.length === 0) return fields;
  return {
    ...fields,
    media: media.map(({ kind, source, alt }) => ({
      ...(isUrl(source) ? { url: source } : { path: source }),
      ...(kind === undefined ? {} : { category: CATEGORIES[kind] }),
      ...(alt === undefined ? {} : { altText: alt }),
    })),
  };
}

/** Refuses files that are not there, before anything else is done. @param {Plan} plan */
function checkFiles({ parts }) {
  for (const { source } of parts.flatMap(({ media }) => media)) {
    if (isUrl(source)) continue;
    try {
      const descriptor = openSync(source, 'r');
      const isFile = fstatSync(descriptor).isFile();
      closeSync(descriptor);
      if (!isFile) throw usage(`${source} is not a file.`);
    } catch (error) {
      if (/** @type {any} */ (error).name === 'CliError') throw error;
      throw usage(`The medium ${source} ${fileWords(error)}.`);
    }
  }
}

/**
 * A text that is the same for the same post: its fields, what is in its files, and the addresses of its other media.
 * @param {Plan} plan
 * @param {AbortSignal} signal
 */
async function identityOf({ parts, isThread }, signal) {
  const described = [];
  for (const { fields, media } of parts) {
    const sources = [];
    for (const { kind, source, alt } of media) {
      sources.push([
        kind ?? null,
        alt ?? null,
        isUrl(source) ? ['url', source] : ['file', await digestOfFile(source, signal)],
      ]);
    }
    described.push([Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1)), sources]);
  }
  return JSON.stringify([isThread, described]);
}

/** @param {string} path @param {AbortSignal} signal */
async function digestOfFile(path, signal) {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { signal })) hash.update(chunk);
  } catch (error) {
    if (signal.aborted) throw error;
    throw usage(`The medium ${path} ${fileWords(error)}.`);
  }
  return hash.digest('hex');
}

module.exports = { CONTENT_OPTIONS, checkFiles, contentOf, identityOf, readPlan };
