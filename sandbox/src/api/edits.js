'use strict';

const { problems } = require('../problems.js');

/** @typedef {import('../state.js').State} State */

const EDIT_WINDOW = 3600 * 1000;
const MAX_EDITS = 5;

/** The post that an edit replaces. @param {State} state @param {any} user @param {string} id */
function editable(state, user, id) {
  const tweet = state.tweets.get(id);
  const first = state.tweets.get(tweet?.versions[0]);
  const allowed =
    user.premium &&
    tweet?.user.id === user.id &&
    !tweet.deleted &&
    tweet.versions.at(-1) === id &&
    tweet.versions.length <= MAX_EDITS &&
    state.clock.now() - first.committedAt <= EDIT_WINDOW;
  if (!allowed) throw problems.forbidden('You are not permitted to perform this action.');
  return tweet;
}

/** How long and how often a post can be edited. @param {State} state @param {any} tweet */
function editControls(state, { user, versions, replyTo, body }) {
  return {
    edits_remaining: MAX_EDITS + 1 - versions.length,
    is_edit_eligible: user.premium && !replyTo && !body.poll,
    editable_until: new Date(state.tweets.get(versions[0]).committedAt + EDIT_WINDOW).toISOString(),
  };
}

module.exports = { editControls, editable };
