'use strict';

const { test } = require('node:test');
const { useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');

const context = useSandbox({ rateLimits: false });
/** @param {unknown} json */
const post = (json) => context.call('POST', '/2/tweets', { as: context.token(), json });

const POLL = { options: ['yes', 'no'], duration_minutes: 60 };
const ids = (/** @type {number} */ count) => Array.from({ length: count }, (_, index) => String(index + 1));

for (const [title, body] of /** @type {Array<[string, object]>} */ ([
  ['a text', { text: 'A text' }],
  ['a poll', { text: 'A poll', poll: POLL }],
  [
    'the widest poll',
    { text: 'The widest', poll: { options: ['a', 'b', 'c', '💡'.repeat(25)], duration_minutes: 10_080 } },
  ],
  ['the shortest poll', { text: 'The shortest', poll: { ...POLL, duration_minutes: 5, reply_settings: 'following' } }],
  ['who may reply', { text: 'Who may reply', reply_settings: 'mentionedUsers' }],
  ['a place', { text: 'A place', geo: { place_id: 'df51dec6f4ee2b2c' } }],
  ['a community', { text: 'A community', community_id: '12', share_with_followers: true }],
  ['a card', { text: 'A card', card_uri: 'card://1' }],
  ['a link into messages', { text: 'A message', direct_message_deep_link: 'https://x.com/messages/compose' }],
  [
    'marks',
    { text: 'Marks', made_with_ai: true, paid_partnership: false, nullcast: true, for_super_followers_only: false },
  ],
])) {
  test(`a post may have ${title}`, async () => {
    assertMatches(await post(body), { status: 201 });
  });
}

const media = (/** @type {object} */ members) => ({ text: 'x', media: { media_ids: ['1'], ...members } });
const poll = (/** @type {object} */ members) => ({ text: 'x', poll: { ...POLL, ...members } });
const actions = (/** @type {object} */ members) => media({ call_to_actions: members });
const SITE = { url: 'https://shop.example/' };
const EXTRA = /is not defined in the schema and the schema does not allow additional properties$/;

for (const [title, body, message, parameters] of /** @type {Array<[string, unknown, RegExp, object?]>} */ ([
  ['another member', { text: 'x', status: 'y' }, EXTRA, { status: ['y'] }],
  ['another member of media', media({ ids: [] }), EXTRA, { 'media.ids': ['[]'] }],
  ['another member of reply', { text: 'x', reply: { in_reply_to_tweet_id: '1', id: '1' } }, EXTRA],
  ['another member of poll', poll({ end: 1 }), EXTRA],
  ['another member of geo', { text: 'x', geo: { place_id: 'a', lat: 1 } }, EXTRA],
  ['another member of edit_options', { text: 'x', edit_options: { previous_post_id: '1', id: '1' } }, EXTRA],
  ['a member that is null', { text: 'x', reply_settings: null }, /^\$\.reply_settings: null found, string expected$/],
  ['a text that is a number', { text: 1 }, /^\$\.text: integer found, string expected$/, { text: ['1'] }],
  ['media ids that are a text', { media: { media_ids: '1' } }, /^\$\.media\.media_ids: string found, array expected$/],
  ['a media id that is a number', { media: { media_ids: [1] } }, /^\$\.media\.media_ids\[0\]: integer found/],
  ['a media id that is none', { media: { media_ids: ['1a'] } }, /regex/, { 'media.media_ids[0]': ['1a'] }],
  ['a media id of 20 digits', { media: { media_ids: ['1'.repeat(20)] } }, /regex/],
  ['no media ids', { text: 'x', media: {} }, /^\$\.media\.media_ids: is missing but it is required$/],
  ['an empty list of media ids', { media: { media_ids: [] } }, /between 1 and 4 items/],
  ['five media ids', { media: { media_ids: ids(5) } }, /between 1 and 4 items/],
  ['eleven tagged users', media({ tagged_user_ids: ids(11) }), /between 0 and 10 items/],
  [
    'a mark that is a text',
    { text: 'x', made_with_ai: 'yes' },
    /string found, boolean expected/,
    { made_with_ai: ['yes'] },
  ],
  ['a poll with one option', poll({ options: ['a'] }), /between 2 and 4 items/],
  ['a poll with five options', poll({ options: ['a', 'b', 'c', 'd', 'e'] }), /between 2 and 4 items/],
  ['an empty option', poll({ options: ['a', ''] }), /between 1 and 25 characters/],
  ['an option of 26 characters', poll({ options: ['a', 'b'.repeat(26)] }), /between 1 and 25 characters/],
  ['a poll of four minutes', poll({ duration_minutes: 4 }), /between 5 and 10080/, { 'poll.duration_minutes': ['4'] }],
  ['a poll of more than a week', poll({ duration_minutes: 10_081 }), /between 5 and 10080/],
  ['a poll of half minutes', poll({ duration_minutes: 5.5 }), /number found, integer expected/],
  ['a poll of a text', poll({ duration_minutes: '60' }), /string found, integer expected/],
  ['a poll without a duration', { text: 'x', poll: { options: ['a', 'b'] } }, /duration_minutes: is missing/],
  ['replies from everyone', { text: 'x', reply_settings: 'everyone' }, /enumeration/, { reply_settings: ['everyone'] }],
  ['a reply to nothing', { text: 'x', reply: {} }, /in_reply_to_tweet_id: is missing/],
  ['a place without a name', { text: 'x', geo: {} }, /place_id: is missing/],
  ['an edit of nothing', { text: 'x', edit_options: {} }, /previous_post_id: is missing/],
  ['two calls to action', actions({ visit_site: SITE, watch_now: SITE }), /exactly one/],
  ['no call to action', actions({}), /exactly one/],
  ['an action that is not https', actions({ visit_site: { url: 'http://shop.example/' } }), /regex/],
  ['an app in no store', actions({ app_install: {} }), /at least one/],
  ['an array', [], /^\$: array found, object expected$/],
  ['null', null, /^\$: null found, object expected$/],
  ['media and a quote', { ...media({}), quote_tweet_id: '1' }, /^\$\.media and \$\.quote_tweet_id: exclude/],
  ['media and a poll', { ...media({}), poll: POLL }, /exclude/],
  ['media and a card', { ...media({}), card_uri: 'card://1' }, /exclude/],
  ['a quote and a poll', { text: 'x', quote_tweet_id: '1', poll: POLL }, /exclude/],
  ['a quote and a card', { text: 'x', quote_tweet_id: '1', card_uri: 'card://1' }, /exclude/],
  ['a poll and a card', { text: 'x', poll: POLL, card_uri: 'card://1' }, /exclude/],
  ['a card and a link into messages', { text: 'x', card_uri: 'card://1', direct_message_deep_link: 'm' }, /exclude/],
])) {
  test(`refused: ${title}`, async () => {
    assertMatches(await post(body), {
      status: 400,
      body: {
        title: 'Invalid Request',
        type: /\/invalid-request$/,
        errors: [{ message, ...(parameters ? { parameters } : {}) }],
      },
    });
  });
}

for (const body of [{}, { text: '' }, { poll: POLL }, { reply: { in_reply_to_tweet_id: '1' } }]) {
  test(`a post needs a text or media: ${JSON.stringify(body)} is refused`, async () => {
    assertMatches(await post(body), { status: 400, body: { detail: 'text or media is required' } });
  });
}

for (const [title, call, detail] of /** @type {Array<[string, import('./support/harness.js').Call, string]>} */ ([
  [
    'not JSON',
    { body: '{"text":', headers: { 'content-type': 'application/json' } },
    'Request body is not valid JSON.',
  ],
  ['empty', { body: '', headers: { 'content-type': 'application/json' } }, 'Request body is not valid JSON.'],
  ...[{ form: { text: 'x' } }, { parts: { text: 'x' } }, { body: 'x' }, {}].map((call) => [
    `sent as ${Object.keys(call)[0] ?? 'nothing'}`,
    call,
    'Requests with bodies must have content-type of application/json.',
  ]),
])) {
  test(`a body that is ${title} is refused`, async () => {
    const answer = await context.call('POST', '/2/tweets', { as: context.token(), ...call });
    assertMatches(answer, { status: 400, body: { title: 'Bad Request', detail } });
  });
}
