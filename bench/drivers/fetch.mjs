// What an app writes first: Node's own fetch, whole files in Buffers, and the package oauth-1.0a.
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';

/** @typedef {import('../lib/types.d.ts').Library} Library */

const require = createRequire(import.meta.url);
const SEGMENT_BYTES = 4 * 1024 * 1024;
/** @type {any} */
let OAuth;

/** @type {Library['load']} */
export async function load() {
  OAuth = require('oauth-1.0a');
  // Node loads its own fetch when this is first asked for.
  void globalThis.FormData;
}

/** @type {Library['open']} */
export function open({ api, bearer, credentials }) {
  const { apiKey, apiSecret, accessToken, accessTokenSecret } = credentials;
  const oauth = new OAuth({
    consumer: { key: apiKey, secret: apiSecret },
    signature_method: 'HMAC-SHA1',
    hash_function: (/** @type {string} */ text, /** @type {string} */ key) =>
      createHmac('sha1', key).update(text).digest('base64'),
  });
  const token = { key: accessToken, secret: accessTokenSecret };
  const sign = (/** @type {string} */ url, method = 'POST') =>
    /** @type {string} */ (oauth.toHeader(oauth.authorize({ url, method }, token)).Authorization);

  /** @param {string} path @param {RequestInit} [init] @returns {Promise<any>} */
  async function call(path, init = { method: 'POST' }) {
    const url = `${api}${path}`;
    const answer = await fetch(url, {
      ...init,
      headers: { authorization: sign(url, init.method), ...init.headers },
    });
    const body = await answer.json();
    if (!answer.ok) throw new Error(`X answered ${answer.status}: ${JSON.stringify(body)}`);
    return body.data;
  }

  /** @param {string} path @param {object} body */
  const callJson = (path, body) =>
    call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  /** @param {string} path @param {Record<string, string>} fields @param {Uint8Array<ArrayBuffer>} bytes */
  function callForm(path, fields, bytes) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('media', new Blob([bytes]));
    return call(path, { method: 'POST', body: form });
  }

  /** @param {Uint8Array<ArrayBuffer>} bytes */
  async function uploadVideo(bytes) {
    const begun = { media_type: 'video/mp4', media_category: 'tweet_video', total_bytes: bytes.length };
    const { id } = await callJson('/2/media/upload/initialize', begun);
    for (let at = 0, index = 0; at < bytes.length; at += SEGMENT_BYTES, index += 1) {
      const segment = bytes.subarray(at, at + SEGMENT_BYTES);
      await callForm(`/2/media/upload/${id}/append`, { segment_index: String(index) }, segment);
    }
    let { processing_info: info } = await call(`/2/media/upload/${id}/finalize`);
    while (info && info.state !== 'succeeded') {
      const wait = info.check_after_secs * 1000;
      await new Promise((resolve) => setTimeout(resolve, wait));
      info = (await call(`/2/media/upload?command=STATUS&media_id=${id}`, { method: 'GET' })).processing_info;
    }
    return id;
  }

  return {
    post: (text, ids) => callJson('/2/tweets', ids ? { text, media: { media_ids: ids } } : { text }),
    async upload(url, kind) {
      const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
      if (kind === 'video') return uploadVideo(bytes);
      return (await callForm('/2/media/upload', { media_category: 'tweet_image' }, bytes)).id;
    },
    async likes(ids) {
      const query = `ids=${ids.join('%2C')}&tweet.fields=public_metrics`;
      const answer = await fetch(`${api}/2/tweets?${query}`, { headers: { authorization: `Bearer ${bearer}` } });
      const { data } = /** @type {any} */ (await answer.json());
      return data.map((/** @type {any} */ post) => post.public_metrics.like_count);
    },
    sign: (url) => sign(url),
  };
}
