'use strict';

const { problems } = require('../problems.js');
const { showTweets } = require('./tweet-view.js');

/** @typedef {import('../state.js').State} State */

/** How far back a user's posts can be read. */
const TIMELINE_LENGTH = 3200;

/** The conditions of a timeline's query. @param {Record<string, string>} query */
function timelineConditions(query) {
  const refuse = (/** @type {string} */ name) => {
    throw problems.invalid(`The \`${name}\` query parameter value is not valid`, { [name]: [query[name]] });
  };
  const id = (/** @type {string} */ name) => {
    if (query[name] === undefined) return undefined;
    return /^[0-9]{1,19}$/.test(query[name]) ? BigInt(query[name]) : refuse(name);
  };
  const time = (/** @type {string} */ name) => {
    if (query[name] === undefined) return undefined;
    const instant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(query[name]) ? Date.parse(query[name]) : Number.NaN;
    return Number.isNaN(instant) ? refuse(name) : instant;
  };
  const size = Number(query.max_results ?? 10);
  if (!(Number.isInteger(size) && size >= 5 && size <= 100)) refuse('max_results');
  if (!/^[0-9]+$/.test(query.pagination_token ?? '0')) refuse('pagination_token');
  return {
    size,
    since: id('since_id'),
    until: id('until_id'),
    start: time('start_time'),
    end: time('end_time'),
    withReplies: !String(query.exclude ?? '').includes('replies'),
    offset: Number(query.pagination_token ?? 0),
  };
}

/** @param {State} state @param {any} request @param {any} user */
function timeline(state, request, user) {
  const { size, since, until, start, end, withReplies, offset } = timelineConditions(request.query);
  const own = state.timelinePosts().filter((tweet) => tweet.user.id === request.params.id && !tweet.body.nullcast);
  const asked = own.slice(0, TIMELINE_LENGTH).filter((tweet) => {
    if (since !== undefined && BigInt(tweet.id) <= since) return false;
    if (until !== undefined && BigInt(tweet.id) >= until) return false;
    if (start !== undefined && tweet.committedAt < start) return false;
    if (end !== undefined && tweet.committedAt >= end) return false;
    return withReplies || !tweet.replyTo;
  });
  const all = state.lag.shown(asked);
  const page = all.slice(offset, offset + size);
  const { shown, includes, errors } = showTweets(state, page, request, user);
  const next = offset + size < all.length ? String(offset + size) : undefined;
  return {
    ...(shown.length > 0 ? { data: shown } : {}),
    ...includes,
    ...(errors.length > 0 ? { errors } : {}),
    meta: {
      result_count: page.length,
      newest_id: page[0]?.id,
      oldest_id: page.at(-1)?.id,
      next_token: next,
      previous_token: offset > 0 ? String(Math.max(0, offset - size)) : undefined,
    },
  };
}

module.exports = { timeline };
