'use strict';

const { createHash } = require('node:crypto');
const twitterText = require('twitter-text');

/** @typedef {import('../state.js').State} State */

/**
 * A piece of a text, with what X says about it.
 * @typedef {{ text: string, entities?: Array<{ type: 'urls' | 'mentions' | 'hashtags' | 'cashtags', facts: object }> }} Part
 */

/** What X was seen to drop from texts; the joiner stays, which emoji need. */
const INVISIBLE = /\u200b|\u200c|\u2060|[\ufe00-\ufe0f]/g;
const SPACES = /[ \t\u00a0]+/g;
/** A link to a post. */
const POST_LINK = /^https:\/\/twitter\.com\/\w+\/status\/([0-9]{1,19})\/?(?:[?#].*)?$/;
/** How much X shows of a link. */
const DISPLAYED_LINK = 27;

/** A link of X's own for something in a post. @param {string} id @param {number | string} part */
function shortLink(id, part) {
  const hash = createHash('sha256').update(`${id} ${part}`).digest('base64url');
  return `https://t.co/${hash.replace(/[-_]/g, 'x').slice(0, 10)}`;
}

/** @param {string} text */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** @param {string} text */
const lengthOf = (text) => [...text].length;

/** What a link says to people. @param {string} link */
function displayed(link) {
  const bare = link.replace(/^https?:\/\/(www\.)?/i, '');
  return bare.length > DISPLAYED_LINK ? `${bare.slice(0, DISPLAYED_LINK - 1)}…` : bare;
}

/** @param {string} url the short one @param {string} target @param {object} [more] @returns {Part} */
function link(url, target, more) {
  const facts = { url, expanded_url: target, display_url: displayed(target), ...more };
  return { text: url, entities: [{ type: 'urls', facts }] };
}

/** Where a link in a text leads, as X gives it: with a scheme, and to X under its old name. @param {string} written @param {boolean} renamed */
function targetOf(written, renamed) {
  const target = /^https?:/i.test(written) ? written : `http://${written}`;
  return renamed ? target.replace(/^(https?:\/\/)(?:www\.|mobile\.)?x\.com(?=[/?#]|$)/i, '$1twitter.com') : target;
}

/** @param {import('../state.js').User} user @returns {Part} */
const mentionOf = ({ id, username }) => ({
  text: `@${username}`,
  entities: [{ type: 'mentions', facts: { username, id } }],
});

/** @param {State} state @param {string} name */
function userNamed(state, name) {
  return [...state.users.values()].find(({ username }) => username.toLowerCase() === name.toLowerCase());
}

/** The text that X keeps of what was sent. @param {string} text @param {{ stripInvisible?: boolean, collapseSpaces?: boolean } | null} changes */
function stored(text, changes) {
  const visible = changes?.stripInvisible ? text.replace(INVISIBLE, '') : text;
  return changes?.collapseSpaces ? visible.replace(SPACES, ' ').trim() : visible;
}

/** Takes a text apart: its links are replaced, and whom it mentions is found. @param {State} state @param {string} text @param {string} id @returns {Part[]} */
function partsOf(state, text, id) {
  /** @type {Part[]} */
  const parts = [];
  let end = 0;
  for (const found of /** @type {any[]} */ (twitterText.extractEntitiesWithIndices(text))) {
    const written = text.slice(found.indices[0], found.indices[1]);
    parts.push(
      { text: text.slice(end, found.indices[0]) },
      partFor(state, found, written, shortLink(id, parts.length)),
    );
    end = found.indices[1];
  }
  parts.push({ text: text.slice(end) });
  return parts.filter((part) => part.text !== '');
}

/** @param {State} state @param {any} found @param {string} written @param {string} short @returns {Part} */
function partFor(state, found, written, short) {
  if (found.url !== undefined) {
    const target = targetOf(found.url, state.options.textChanges !== false);
    return link(short, target, { unwound_url: target, status: 200 });
  }
  if (found.hashtag !== undefined)
    return { text: written, entities: [{ type: 'hashtags', facts: { tag: found.hashtag } }] };
  if (found.cashtag !== undefined)
    return { text: written, entities: [{ type: 'cashtags', facts: { tag: found.cashtag } }] };
  const user = userNamed(state, String(found.screenName));
  return user ? { ...mentionOf(user), text: written } : { text: written };
}

/** The post that a text is taken to quote, because it ends in a link to it. @param {State} state @param {Part[]} parts */
function quotedByLink(state, parts) {
  const last = /** @type {any} */ (parts.filter(({ text }) => text.trim() !== '').at(-1)?.entities?.[0]);
  const id = POST_LINK.exec(last?.facts.expanded_url ?? '')?.[1];
  const quoted = id === undefined ? undefined : state.tweets.get(id);
  return quoted && !quoted.deleted ? quoted.id : undefined;
}

/**
 * Those whom X names in front of a reply: whom it answers, and whom that post mentions; nobody in a thread of one's own.
 * @param {any} user @param {any} parent @param {string[]} excluded
 */
function addressees(user, parent, excluded) {
  if (!parent || parent.user.id === user.id) return [];
  const others = [parent.user, ...parent.mentioned].filter(({ id }) => id !== user.id && !excluded.includes(id));
  return [...new Set(others)];
}

/**
 * What X keeps of a post's text.
 * @param {State} state @param {any} user @param {any} body @param {string} id
 */
function textFacts(state, user, body, id) {
  const changes = state.options.textChanges ?? {};
  const parts = partsOf(state, stored(body.text ?? '', changes || null), id);
  const ids = parts.flatMap(({ entities = [] }) => entities.map(({ facts }) => /** @type {any} */ (facts).id));
  const parent = state.tweets.get(body.reply?.in_reply_to_tweet_id);
  return {
    parts,
    mentioned: [...state.users.values()].filter((known) => ids.includes(known.id)),
    addressees: changes ? addressees(user, parent, body.reply?.exclude_reply_user_ids ?? []) : [],
    quotedByLink: changes && !body.quote_tweet_id ? quotedByLink(state, parts) : undefined,
    /** As the answer to the new post has it. */
    shownText: parts.map(({ text }) => text).join(''),
  };
}

/** Puts parts together; entities have their places in the text as it is given, in code points. @param {Part[]} parts */
function joined(parts) {
  /** @type {Record<string, object[]>} */
  const entities = {};
  let text = '';
  let at = 0;
  for (const part of parts) {
    const shown = escaped(part.text);
    const end = at + lengthOf(shown);
    for (const { type, facts } of part.entities ?? []) {
      entities[type] ??= [];
      entities[type].push({ start: at, end, ...facts });
    }
    text += shown;
    at = end;
  }
  return { text, entities, length: at };
}

/**
 * What X recognises in a text; a test says what that is (`annotations` of a post in the ledger). Unlike other
 * entities, they end with their last character.
 * @param {any} tweet @param {{ text: string, entities: Record<string, object[]> }} shown
 */
function annotated({ annotations }, { text, entities }) {
  const found = annotations.flatMap(
    (/** @type {import('../../index.js').Annotation} */ { text: name, type, probability }) => {
      const at = text.indexOf(escaped(name));
      if (at < 0) return [];
      const start = lengthOf(text.slice(0, at));
      const end = start + lengthOf(escaped(name)) - 1;
      return [{ start, end, probability, type, normalized_text: name }];
    },
  );
  return found.length > 0 ? { ...entities, annotations: found } : entities;
}

/** Whom a reply answers, in front of its text, unless the text names them there itself. @param {any} tweet @returns {{ front: Part[], hidden: number }} */
function frontOf(tweet) {
  const named = /^(?:@\w{1,15}\s+)*/.exec(tweet.shownText)?.[0] ?? '';
  const lower = named.toLowerCase().split(/\s+/);
  const isNamed = (/** @type {any} */ { username }) => lower.includes(`@${username.toLowerCase()}`);
  const front = tweet.addressees
    .filter((/** @type {any} */ user) => !isNamed(user))
    .flatMap((/** @type {any} */ user) => [mentionOf(user), { text: ' ' }]);
  return { front, hidden: tweet.addressees.some(isNamed) ? named.length : 0 };
}

/** A link to the post that is quoted. @param {State} state @param {any} tweet @returns {Part[]} */
function quoteLink(state, tweet) {
  const quoted = state.tweets.get(tweet.quoteOf);
  if (!quoted || state.options.textChanges === false) return [];
  return [link(shortLink(tweet.id, 'quote'), `https://twitter.com/${quoted.user.username}/status/${quoted.id}`)];
}

/** One link to all media, which is in the entities of each. @param {any} tweet @returns {Part[]} */
function mediaLink(tweet) {
  if (tweet.media.length === 0) return [];
  const url = shortLink(tweet.id, 'media');
  const entities = tweet.media.map((/** @type {any} */ { key, category }) => {
    const kind = /(video|gif)$/.test(category) ? 'video' : 'photo';
    const target = `https://twitter.com/${tweet.user.username}/status/${tweet.id}/${kind}/1`;
    const shown = `pic.twitter.com/${url.slice(-10)}`;
    return { type: 'urls', facts: { url, expanded_url: target, display_url: shown, media_key: key } };
  });
  return [{ text: url, entities }];
}

/** The first code points of a text, and no part of a link. @param {Part[]} parts @param {number} most */
function cut(parts, most) {
  const kept = [];
  let left = most;
  for (const part of parts) {
    if (left <= 0) break;
    const fits = lengthOf(part.text) <= left;
    if (fits) kept.push(part);
    else if (!part.entities) kept.push({ text: [...part.text].slice(0, left).join('') });
    left -= lengthOf(part.text);
  }
  return kept;
}

/**
 * The text that X gives to readers, which is not the one that was sent: in front of a reply are those whom it answers,
 * after it links to what it quotes and to its media. https://docs.x.com/x-api/fundamentals/data-dictionary
 * @param {State} state @param {any} tweet
 */
function readerText(state, tweet) {
  const { front, hidden } = frontOf(tweet);
  const own = [...front, ...tweet.parts];
  const after = [...quoteLink(state, tweet), ...mediaLink(tweet)];
  const range = [joined(front).length + hidden, joined(own).length];
  const space = own.length > 0 && after.length > 0 && !own.at(-1)?.text.endsWith(' ') ? [{ text: ' ' }] : [];
  const whole = joined([...own, ...space, ...after]);
  if (twitterText.parseTweet(tweet.text).weightedLength <= 280) {
    return { ...whole, entities: annotated(tweet, whole), range, note: undefined };
  }
  const more = link(shortLink(tweet.id, 'note'), `https://twitter.com/i/web/status/${tweet.id}`);
  const short = joined([...cut(own, 250), { text: '… ' }, more]);
  return { ...short, entities: annotated(tweet, short), range: [range[0], short.length], note: whole };
}

module.exports = { readerText, textFacts };
