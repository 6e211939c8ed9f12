'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ownSandbox, useSandbox } = require('./support/harness.js');
const { assertMatches } = require('./support/matches.js');
const { bytesOf, uploader } = require('./support/media.js');

const context = useSandbox({ rateLimits: false, processingMs: 0 });
const upload = uploader(context, context.token);

test('the page loads nothing from elsewhere', async () => {
  const { status, headers, body } = await context.call('GET', '/');
  assert.equal(status, 200);
  assert.match(String(headers.get('content-type')), /^text\/html/);
  assert.match(String(headers.get('content-security-policy')), /^default-src 'none';.*connect-src 'self'$/);
  assert.match(body, /<title>Sandbox timeline<\/title>/);
  assert.doesNotMatch(body, /https?:\/\//);
});

test('what was published is there as JSON, the newest first, without what was deleted or replaced', async (t) => {
  const own = await ownSandbox(t, { processingMs: 0 });
  const editor = own.sandbox.seedUser({ name: 'Demo Shop', username: 'demo_shop', premium: true });
  const as = editor.oauth2.accessToken;
  const client = uploader(own, () => as);
  /** @param {object} json @returns {Promise<string>} */
  const post = async (json) => (await own.call('POST', '/2/tweets', { as, json })).body.data.id;
  assert.deepEqual((await own.call('GET', '/timeline.json')).body, []);

  const { id: video } = (await client.oneShot(await bytesOf({ kind: 'mp4' }), 'tweet_video')).body.data;
  const poll = { options: ['yes', 'no'], duration_minutes: 60 };
  const asked = await post({ text: 'A poll?', poll });
  const deleted = await post({ text: 'Deleted' });
  await own.call('DELETE', `/2/tweets/${deleted}`, { as });
  const replaced = await post({ text: 'Replaced' });
  const edited = await post({ text: 'Edited', edit_options: { previous_post_id: replaced } });
  const reply = await post({ text: '', media: { media_ids: [video] }, reply: { in_reply_to_tweet_id: asked } });

  const { body } = await own.call('GET', '/timeline.json');
  assertMatches(body, [
    {
      id: reply,
      text: '',
      replyTo: asked,
      media: [
        {
          url: `/_sandbox/media/${video}`,
          kind: 'tweet_video',
          type: 'video/mp4',
          bytes: 65_536,
          poster: `/_sandbox/posters/${video}`,
        },
      ],
    },
    { id: edited, text: 'Edited', replyTo: undefined, media: [] },
    { id: asked, poll: ['yes', 'no'], user: { name: 'Demo Shop', username: 'demo_shop' }, createdAt: /Z$/ },
  ]);
});

test('the media of posts can be seen, whole and in ranges over several segments', async () => {
  const bytes = await bytesOf({ kind: 'mp4', bytes: 300_000 });
  const id = await upload.chunked(bytes, { media_type: 'video/mp4', media_category: 'tweet_video' }, 100_000);
  const get = async (/** @type {string} */ range) => {
    const response = await fetch(`${context.sandbox.url}/_sandbox/media/${id}`, { headers: range ? { range } : {} });
    return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
  };
  const whole = await get('');
  assert.deepEqual([whole.status, whole.body], [200, bytes]);
  assert.equal(whole.headers.get('content-type'), 'video/mp4');
  for (const [range, start, end] of /** @type {Array<[string, number, number]>} */ ([
    ['bytes=0-9', 0, 9],
    ['bytes=99990-200010', 99_990, 200_010],
    ['bytes=299990-', 299_990, 299_999],
    ['bytes=299990-400000', 299_990, 299_999],
  ])) {
    const part = await get(range);
    assert.deepEqual([part.status, part.body], [206, bytes.subarray(start, end + 1)]);
    assert.equal(part.headers.get('content-range'), `bytes ${start}-${end}/300000`);
  }
  assert.equal((await get('bytes=300000-')).status, 416);
});

test("a post's address leads to it on the page", async () => {
  const { id } = (await context.call('POST', '/2/tweets', { as: context.token(), json: { text: 'Here' } })).body.data;
  const response = await fetch(`${context.sandbox.url}/i/web/status/${id}`, { redirect: 'manual' });
  assert.deepEqual([response.status, response.headers.get('location')], [302, `/#post-${id}`]);
  assertMatches(await context.call('GET', '/i/web/status/12'), { status: 404 });
});

test('a video has a poster', async () => {
  const { id } = (await upload.oneShot(await bytesOf({ kind: 'mp4' }), 'tweet_video')).body.data;
  const { status, headers, body } = await context.call('GET', `/_sandbox/posters/${id}`);
  assert.deepEqual([status, headers.get('content-type')], [200, 'image/svg+xml']);
  assert.match(String(body), /^<svg /);
  assertMatches(await context.call('GET', '/_sandbox/posters/12'), { status: 404, body: '' });
});

test('a medium that is not whole can not be seen', async () => {
  const { id } = (await upload.initialize({ media_type: 'image/png', total_bytes: 10 })).body.data;
  for (const media of [id, '12']) {
    assertMatches(await context.call('GET', `/_sandbox/media/${media}`), { status: 404, body: '' });
  }
});

test('looking at the timeline leaves no trace in the ledger', async (t) => {
  const { sandbox, call } = await ownSandbox(t);
  for (const path of ['/', '/timeline.json', '/_sandbox/media/1', '/_sandbox/requests']) await call('GET', path);
  assert.deepEqual(sandbox.ledger.requests(), []);
});
