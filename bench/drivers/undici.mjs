// The fastest that can be written in JavaScript: a pool of undici, a signer that prepares what it can, media that are
// streamed through buffers which are used again. It checks nothing and retries nothing.
import { createHmac, randomFillSync } from 'node:crypto';
import { createRequire } from 'node:module';

/** @typedef {import('../lib/types.d.ts').Library} Library */

const require = createRequire(import.meta.url);
const SEGMENT_BYTES = 4 * 1024 * 1024;
/** Segments in flight: as many as X's clients have. */
const SEGMENTS_AT_ONCE = 3;
/** As many as the native package has, for lines that are capped per connection. */
const MANY_SEGMENTS_AT_ONCE = 8;
const BOUNDARY = 'bench-4f1c9d0be2a7';
const TAIL = Buffer.from(`\r\n--${BOUNDARY}--\r\n`);
const FORM = `multipart/form-data; boundary=${BOUNDARY}`;
/** @type {any} */
let library;

/** @type {Library['load']} */
export async function load() {
  library = require('undici');
}

const encode = (/** @type {string} */ text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** @param {import('../lib/types.d.ts').Mock['credentials']} credentials */
function signer({ apiKey, apiSecret, accessToken, accessTokenSecret }) {
  const key = `${encode(apiSecret)}&${encode(accessTokenSecret)}`;
  const nonces = Buffer.alloc(16 * 256);
  let at = nonces.length;
  const nonceOf = () => {
    if (at === nonces.length) {
      randomFillSync(nonces);
      at = 0;
    }
    at += 16;
    return nonces.toString('hex', at - 16, at);
  };
  const consumer = `oauth_consumer_key=${encode(apiKey)}&oauth_nonce=`;
  const method = '&oauth_signature_method=HMAC-SHA1&oauth_timestamp=';
  const token = `&oauth_token=${encode(accessToken)}&oauth_version=1.0`;
  /** @type {Map<string, string>} the parts of a base string that a URL decides */
  const bases = new Map();
  const baseOf = (/** @type {string} */ verb, /** @type {string} */ url) => {
    const known = bases.get(verb + url);
    if (known !== undefined) return known;
    const base = `${verb}&${encode(url)}&`;
    if (bases.size < 64) bases.set(verb + url, base);
    return base;
  };
  /** `query` sorts before `oauth_`. @param {string} verb @param {string} url @param {string} [query] */
  return (verb, url, query = '') => {
    const nonce = nonceOf();
    const time = Math.floor(Date.now() / 1000);
    const fields = `${query}${consumer}${nonce}${method}${time}${token}`;
    const base = baseOf(verb, url) + fields.replaceAll('=', '%3D').replaceAll('&', '%26').replaceAll(' ', '%20');
    const signature = encodeURIComponent(createHmac('sha1', key).update(base).digest('base64'));
    return `OAuth oauth_consumer_key="${apiKey}", oauth_nonce="${nonce}", oauth_signature_method="HMAC-SHA1", oauth_timestamp="${time}", oauth_token="${accessToken}", oauth_version="1.0", oauth_signature="${signature}"`;
  };
}

/** What comes before a file in form data. @param {string} name @param {string} value */
const headOf = (name, value) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--${BOUNDARY}\r\n` +
  'Content-Disposition: form-data; name="media"; filename="blob"\r\nContent-Type: application/octet-stream\r\n\r\n';

/** Buffers that are used again. */
function bufferPool() {
  /** @type {Buffer[]} */
  const free = [];
  return {
    take: (/** @type {number} */ bytes) => free.pop() ?? Buffer.allocUnsafeSlow(bytes),
    giveBack: (/** @type {Buffer} */ buffer) => {
      free.push(buffer);
    },
  };
}

/** @type {Library['open']} */
export function open({ api, media, bearer, credentials }, { variant, work }) {
  const settings = { connections: 64, pipelining: 1 };
  const [x, sources] = [new library.Pool(api, settings), new library.Pool(media, settings)];
  const sign = signer(credentials);
  const atOnce = variant === 'wide' ? MANY_SEGMENTS_AT_ONCE : SEGMENTS_AT_ONCE;
  const mostSegments = work.kind === 'publishes' ? SEGMENT_BYTES + 1024 : 0;
  const buffers = bufferPool();

  /** @param {any} options @returns {Promise<any>} */
  async function call(options) {
    const { statusCode, body } = await x.request(options);
    const reply = await body.json();
    if (statusCode >= 300) throw new Error(`X answered ${statusCode}: ${JSON.stringify(reply)}`);
    return reply.data;
  }

  /** @param {string} path @param {string} type @param {string | Buffer} body */
  const post = (path, type, body) =>
    call({
      path,
      method: 'POST',
      headers: { authorization: sign('POST', api + path), 'content-type': type },
      body,
    });

  /** @param {any} source @param {number} total */
  async function image(source, total) {
    const head = Buffer.from(headOf('media_category', 'tweet_image'));
    const body = Buffer.allocUnsafeSlow(head.length + total + TAIL.length);
    let at = head.copy(body);
    for await (const chunk of source) at += chunk.copy(body, at);
    TAIL.copy(body, at);
    return (await post('/2/media/upload', FORM, body)).id;
  }

  /** @param {any} source @param {number} total */
  async function video(source, total) {
    const begun = { media_type: 'video/mp4', media_category: 'tweet_video', total_bytes: total };
    const { id } = await post('/2/media/upload/initialize', 'application/json', JSON.stringify(begun));
    const path = `/2/media/upload/${id}/append`;
    /** @type {Set<Promise<unknown>>} */
    const underWay = new Set();
    let index = 0;
    let left = total;
    let buffer = buffers.take(mostSegments);
    let at = 0;
    let end = 0;
    const begin = () => {
      at = buffer.write(headOf('segment_index', String(index)));
      end = at + Math.min(SEGMENT_BYTES, left);
    };
    const send = async () => {
      const full = buffer;
      const body = full.subarray(0, at + TAIL.copy(full, at));
      const sent = post(path, FORM, body).then(() => {
        underWay.delete(sent);
        buffers.giveBack(full);
      });
      underWay.add(sent);
      index += 1;
      if (underWay.size >= atOnce) await Promise.race(underWay);
      buffer = buffers.take(mostSegments);
      begin();
    };
    begin();
    for await (const chunk of source) {
      for (let from = 0; from < chunk.length; ) {
        const copied = chunk.copy(buffer, at, from, Math.min(chunk.length, from + end - at));
        from += copied;
        at += copied;
        left -= copied;
        if (at === end) await send();
      }
    }
    buffers.giveBack(buffer);
    await Promise.all(underWay);
    let { processing_info: info } = await post(`/2/media/upload/${id}/finalize`, 'application/json', '');
    while (info && info.state !== 'succeeded') {
      const wait = info.check_after_secs * 1000;
      await new Promise((resolve) => setTimeout(resolve, wait));
      const query = `command=STATUS&media_id=${id}`;
      const authorization = sign('GET', `${api}/2/media/upload`, `${query}&`);
      const status = { path: `/2/media/upload?${query}`, method: 'GET', headers: { authorization } };
      info = (await call(status)).processing_info;
    }
    return id;
  }

  return {
    post: (text, ids) =>
      post('/2/tweets', 'application/json', JSON.stringify(ids ? { text, media: { media_ids: ids } } : { text })),
    async upload(url, kind) {
      const { headers, body } = await sources.request({ path: new URL(url).pathname, method: 'GET' });
      const total = Number(headers['content-length']);
      return kind === 'video' ? video(body, total) : image(body, total);
    },
    async likes(ids) {
      const path = `/2/tweets?ids=${ids.join('%2C')}&tweet.fields=public_metrics`;
      const posts = await call({ path, method: 'GET', headers: { authorization: `Bearer ${bearer}` } });
      return posts.map((/** @type {any} */ post) => post.public_metrics.like_count);
    },
    sign: (url) => sign('POST', url),
    close: () => Promise.all([x.close(), sources.close()]),
  };
}
