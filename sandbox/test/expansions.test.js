'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');

const context = useSandbox({ rateLimits: false, enterprise: true });

/** @param {object} json @returns {Promise<string>} */
const post = async (json, as = context.token()) => (await context.call('POST', '/2/tweets', { as, json })).body.data.id;
/** @param {string} path */
const get = async (path) => (await context.call('GET', path, { as: context.token() })).body;

/** @param {{ id: string, name: string, username: string }} user */
const shown = ({ id, name, username }) => ({ id, name, username });

test('nothing is brought along that nobody asked for', async () => {
  const id = await post({ text: 'Alone' });
  assert.equal('includes' in (await get(`/2/tweets/${id}?tweet.fields=author_id`)), false);
});

test('authors, those whom they answer and whom they mention are brought along, each once', async () => {
  const [asker, guest] = [context.sandbox.seedUser(), context.sandbox.seedUser()];
  const question = await post({ text: 'Anybody?' }, asker.oauth2.accessToken);
  const reply = { in_reply_to_tweet_id: question };
  const id = await post({ text: `Me and @${guest.username}`, reply });
  for (const [expansions, users] of /** @type {Array<[string, any[]]>} */ ([
    ['author_id', [context.user]],
    ['in_reply_to_user_id', [asker]],
    ['entities.mentions.username', [asker, guest]],
    ['author_id,in_reply_to_user_id,entities.mentions.username', [context.user, asker, guest]],
  ])) {
    for (const path of [
      `/2/tweets/${id}?`,
      `/2/tweets?ids=${id}&`,
      `/2/users/${context.user.id}/tweets?since_id=${question}&`,
    ]) {
      const { includes } = await get(`${path}expansions=${expansions}`);
      assert.deepEqual(includes, { users: users.map(shown) });
    }
  }
  const { includes } = await get(`/2/tweets/${id}?expansions=author_id&user.fields=verified,public_metrics`);
  assertMatches(includes.users, [{ verified: false, public_metrics: { tweet_count: 2 } }]);
  const named = await get(`/2/tweets/${id}?expansions=author_id&user.fields=public_metrics&post.fields=id`);
  assertMatches(named.includes.users, [{ public_metrics: { post_count: 2, tweet_count: undefined } }]);
});

for (const [parameter, expansion, member] of [
  ['tweet.fields', 'referenced_tweets.id', 'tweets'],
  ['post.fields', 'referenced_posts', 'posts'],
]) {
  test(`posts that are referred to come as ${member} for ${parameter}`, async () => {
    const first = await post({ text: `First for ${member}` });
    const id = await post({ text: `Second for ${member}`, reply: { in_reply_to_tweet_id: first } });
    const { includes } = await get(`/2/tweets/${id}?${parameter}=created_at&expansions=${expansion}`);
    assertMatches(includes, { [member]: [{ id: first, text: `First for ${member}`, created_at: /Z$/ }] });
    await context.call('DELETE', `/2/tweets/${first}`, { as: context.token() });
    assert.equal('includes' in (await get(`/2/tweets/${id}?${parameter}=created_at&expansions=${expansion}`)), false);
  });
}

test('a poll says how long it is open', async () => {
  const id = await post({ text: 'Which?', poll: { options: ['This', 'That'], duration_minutes: 60 } });
  const path = `/2/tweets/${id}?expansions=attachments.poll_ids&tweet.fields=attachments`;
  const { data, includes } = await get(path);
  const [poll] = includes.polls;
  assert.deepEqual(data.attachments, { poll_ids: [poll.id] });
  assert.deepEqual(poll.options, [
    { position: 1, label: 'This', votes: 0 },
    { position: 2, label: 'That', votes: 0 },
  ]);
  const fields = '&poll.fields=duration_minutes,end_datetime,voting_status';
  assertMatches((await get(path + fields)).includes.polls, [{ duration_minutes: 60, voting_status: 'open' }]);
  context.sandbox.clock.advance(3_600_000);
  assertMatches((await get(path + fields)).includes.polls, [{ voting_status: 'closed' }]);
});

test('a post says how it may be edited and answered', async () => {
  const premium = context.sandbox.seedUser({ premium: true });
  const id = await post({ text: 'To edit', reply_settings: 'following' }, premium.oauth2.accessToken);
  const edited = await post({ text: 'Edited', edit_options: { previous_post_id: id } }, premium.oauth2.accessToken);
  const fields = 'tweet.fields=edit_controls,reply_settings,possibly_sensitive';
  assertMatches((await get(`/2/tweets/${edited}?${fields}`)).data, {
    edit_controls: { edits_remaining: 4, is_edit_eligible: true, editable_until: /Z$/ },
    reply_settings: 'everyone',
    possibly_sensitive: false,
  });
  assertMatches((await get(`/2/tweets/${id}?${fields}`)).data, { reply_settings: 'following' });
});
