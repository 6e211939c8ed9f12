'use strict';

const { test } = require('node:test');
const { ownSandbox, useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');

const context = useSandbox({ rateLimits: false });
const NOT_SUMMONED = {
  status: 403,
  body: {
    title: 'Authorization Error',
    type: /\/not-authorized-for-resource$/,
    detail: 'You can only reply to or quote posts where you are mentioned or are the author.',
  },
};

/** @param {object} members */
const post = (members, as = context.token()) =>
  context.call('POST', '/2/tweets', { as, json: { text: 'A post', ...members } });
/** @param {object} members */
const idOf = async (members, as = context.token()) => (await post(members, as)).body.data.id;
const reply = (/** @type {string} */ id) => ({ reply: { in_reply_to_tweet_id: id } });

test('a user may continue a thread', async () => {
  const first = await idOf({ text: 'First' });
  const second = await idOf({ text: 'Second', ...reply(first) });
  const third = await idOf({ text: 'Third', ...reply(second) });
  const fields = 'tweet.fields=conversation_id,referenced_tweets,in_reply_to_user_id,public_metrics';
  const answer = await context.call('GET', `/2/tweets?ids=${first},${third}&${fields}`, { as: context.token() });
  assertMatches(answer.body.data, [
    { conversation_id: first, referenced_tweets: undefined, public_metrics: { reply_count: 1 } },
    {
      conversation_id: first,
      referenced_tweets: [{ type: 'replied_to', id: second }],
      in_reply_to_user_id: context.user.id,
    },
  ]);
});

test("a stranger's post can be answered and quoted by whom it mentions, in any case of letters", async () => {
  const stranger = context.sandbox.seedUser().oauth2.accessToken;
  const alone = await idOf({ text: 'Nobody is meant' }, stranger);
  assertMatches(await post({ text: 'An answer', ...reply(alone) }), NOT_SUMMONED);
  assertMatches(await post({ text: 'A quote', quote_tweet_id: alone }), NOT_SUMMONED);
  const summons = await idOf({ text: `Hello @${context.user.username.toUpperCase()}!` }, stranger);
  assertMatches(await post({ text: 'An answer', ...reply(summons) }), { status: 201 });
  assertMatches(await post({ text: 'A quote', quote_tweet_id: summons }), { status: 201 });
});

test("a post that quotes a user's own can be answered by them", async () => {
  const stranger = context.sandbox.seedUser();
  const own = await idOf({ text: `For @${stranger.username}` });
  const quoting = await idOf({ text: 'Look at that', quote_tweet_id: own }, stranger.oauth2.accessToken);
  assertMatches(await post({ text: 'Thanks', ...reply(quoting) }), { status: 201 });
});

test('a post that is gone can be neither answered nor quoted', async () => {
  const gone = await idOf({ text: 'Gone' });
  await context.call('DELETE', `/2/tweets/${gone}`, { as: context.token() });
  for (const id of [gone, '12']) {
    assertMatches(await post({ text: 'To nobody', ...reply(id) }), {
      status: 403,
      body: { detail: /deleted or not visible/ },
    });
    assertMatches(await post({ text: 'To nobody', quote_tweet_id: id }), { status: 403 });
  }
});

test('an app on another plan may answer and quote anybody', async (t) => {
  const own = await ownSandbox(t, { enterprise: true });
  const stranger = own.sandbox.seedUser().oauth2.accessToken;
  const { body } = await own.call('POST', '/2/tweets', { as: stranger, json: { text: 'Nobody is meant' } });
  for (const members of [reply(body.data.id), { quote_tweet_id: body.data.id }]) {
    const json = { text: 'From an app', ...members };
    assertMatches(await own.call('POST', '/2/tweets', { as: own.token(), json }), { status: 201 });
  }
});
