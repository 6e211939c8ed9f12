// What the mock does not agree with: a run that is wrong must not count.
import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { build, startMock } from '../lib/native.mjs';

/** @typedef {import('../lib/types.d.ts').Mock} Mock */

const VIDEO = { posts: 1, mediaPerPost: 1, kind: 'video', bytes: 3000, processingMs: 0 };

before(() => build('twitter-native-bench', 'dev'));

const encode = (/** @type {string} */ text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** A signature as RFC 5849 has it. @param {Mock} mock @param {string} url @param {string} [nonce] */
function sign({ credentials }, url, nonce = randomUUID()) {
  const fields = {
    oauth_consumer_key: credentials.apiKey,
    oauth_nonce: nonce,
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(Math.floor(Date.now() / 1000)),
    oauth_token: credentials.accessToken,
    oauth_version: '1.0',
  };
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${encode(value)}`);
  const base = `POST&${encode(url)}&${encode(pairs.join('&'))}`;
  const key = `${encode(credentials.apiSecret)}&${encode(credentials.accessTokenSecret)}`;
  const signature = createHmac('sha1', key).update(base).digest('base64');
  const signed = Object.entries({ ...fields, oauth_signature: signature });
  return `OAuth ${signed.map(([name, value]) => `${name}="${encode(value)}"`).join(', ')}`;
}

/**
 * @param {Mock} mock @param {string} path @param {object} body
 * @param {(header: string) => string} [alter] changes the signature's header
 * @returns {Promise<{ status: number, data: any }>}
 */
async function call(mock, path, body, alter = (header) => header) {
  const url = `${mock.api}${path}`;
  const headers = { authorization: alter(sign(mock, url)), 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, data: (await answer.json()).data };
}

/** @param {Mock} mock @param {number} number */
const post = (mock, number, more = {}) =>
  call(mock, '/2/tweets', { text: mock.text.replace('{number}', String(number)), ...more });

/** Uploads a video in segments of a kilobyte. @param {Mock} mock @param {(segments: Buffer[]) => Buffer[]} alter */
async function upload(mock, alter) {
  const bytes = Buffer.from(await (await fetch(`${mock.media}/media/0.mp4`)).arrayBuffer());
  const begun = { media_type: 'video/mp4', media_category: 'tweet_video', total_bytes: bytes.length };
  const { data } = await call(mock, '/2/media/upload/initialize', begun);
  const segments = alter([0, 1, 2].map((index) => bytes.subarray(index * 1000, (index + 1) * 1000)));
  for (const [index, segment] of segments.entries()) {
    const appended = { media: segment.toString('base64'), segment_index: index };
    await call(mock, `/2/media/upload/${data.id}/append`, appended);
  }
  const { status } = await call(mock, `/2/media/upload/${data.id}/finalize`, {});
  return { id: data.id, status };
}

test('a run that is right counts', async () => {
  const { mock, finish } = await startMock(VIDEO, 'dev');
  const { id, status } = await upload(mock, (segments) => segments);
  assert.equal(status, 200);
  assert.equal((await post(mock, 0, { media: { media_ids: [id] } })).status, 201);
  assert.deepEqual(await finish().then(({ agrees, problems }) => ({ agrees, problems })), {
    agrees: true,
    problems: [],
  });
});

for (const [what, alter] of /** @type {Array<[string, (header: string) => string]>} */ ([
  ['a wrong signature', (header) => header.replace(/oauth_signature="..../, 'oauth_signature="AAAA')],
  ['a signature for another nonce', (header) => header.replace(/oauth_nonce="./, 'oauth_nonce="_')],
  ['an old timestamp', (header) => header.replace(/oauth_timestamp="\d+/, 'oauth_timestamp="1318622958')],
  ['a wrong token', () => 'Bearer somebody'],
])) {
  test(`${what} is refused`, async () => {
    const { mock, finish } = await startMock({ posts: 1 }, 'dev');
    const text = mock.text.replace('{number}', '0');
    assert.equal((await call(mock, '/2/tweets', { text }, alter)).status, 401);
    const { agrees, problems } = await finish();
    assert.equal(agrees, false);
    assert.match(problems.join(), /0 posts in place of 1/);
  });
}

test('a signature counts once', async () => {
  const { mock, finish } = await startMock({ posts: 2 }, 'dev');
  const url = `${mock.api}/2/tweets`;
  const headers = { authorization: sign(mock, url), 'content-type': 'application/json' };
  const statuses = [];
  for (const number of ['0', '1']) {
    const body = JSON.stringify({ text: mock.text.replace('{number}', number) });
    statuses.push((await fetch(url, { method: 'POST', headers, body })).status);
  }
  assert.deepEqual(statuses, [201, 401]);
  assert.equal((await finish()).agrees, false);
});

for (const [what, alter] of /** @type {Array<[string, (segments: Buffer[]) => Buffer[]]>} */ ([
  ['segments in another order', ([one, two, three]) => [one, three, two]],
  ['a changed byte', ([one, two, three]) => [one, Buffer.from(two).fill(7, 500, 501), three]],
  ['a missing segment', ([one, two]) => [one, two]],
])) {
  test(`${what} is noticed`, async () => {
    const { mock, finish } = await startMock(VIDEO, 'dev');
    assert.equal((await upload(mock, alter)).status, 400);
    assert.equal((await finish()).agrees, false);
  });
}

test('a post that is missing, doubled or another one is noticed', async () => {
  for (const numbers of [[0], [0, 0], [0, 2]]) {
    const { mock, finish } = await startMock({ posts: 2 }, 'dev');
    for (const number of numbers) await post(mock, number);
    const { agrees, problems } = await finish();
    assert.equal(agrees, false);
    assert.match(problems.join(), /1 posts in place of 2/);
  }
});

test('a setting that the mock does not know ends it', async () => {
  await assert.rejects(startMock({ post: 2 }, 'dev'), /ended without a word/);
});
