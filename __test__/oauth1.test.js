'use strict';

const { createHmac } = require('node:crypto');
const { inspect } = require('node:util');
const fc = require('fast-check');
const {
  Signer,
  TwitterError,
  createTweet,
  exchangeOAuth1Verifier,
  oauth1AuthorizeUrl,
  requestOAuth1Token,
  signOAuth1Request,
} = require('twitter-native');
const { startSandbox } = require('twitter-native-sandbox');
const OAuth = require('../sandbox/node_modules/oauth-1.0a');
const { rejectionOf, thrownBy, useSandbox } = require('./support/harness.js');

const context = useSandbox();

/** The keys of the example on X's page "Creating a signature". */
const KEYS = {
  apiKey: 'xvz1evFS4wEEPTGEFPHBog',
  apiSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
  accessToken: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
  accessTokenSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
};
const hmac = (base, key) => createHmac('sha1', key).update(base).digest('base64');

describe('signOAuth1Request', () => {
  test.each([
    ['https://api.x.com/1.1/statuses/update.json?include_entities=true', 'Ls93hJiZbQ3akF3HF3x1Bz8/zU4='],
    ['https://api.twitter.com/1.1/statuses/update.json?include_entities=true', 'hCtSmYh+iHYCEqBWrE7C7hYmtUk='],
    ['https://api.twitter.com/1/statuses/update.json?include_entities=true', 'tnnArxj06cWHq44gCs1OSKk/jLY='],
  ])("X's example: POST %s", (url, signature) => {
    const request = {
      method: 'POST',
      url,
      params: { status: 'Hello Ladies + Gentlemen, a signed OAuth request!' },
      nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg',
      timestamp: 1318622958,
    };
    expect(signOAuth1Request(request, KEYS).signature).toBe(signature);
  });

  test("X's example: header and base string", () => {
    const { header, signature, baseString } = signOAuth1Request(
      {
        method: 'post',
        url: 'https://api.x.com/1.1/statuses/update.json?include_entities=true',
        params: { status: 'Hello Ladies + Gentlemen, a signed OAuth request!' },
        nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg',
        timestamp: 1318622958,
      },
      KEYS,
    );
    expect(baseString).toBe(
      'POST&https%3A%2F%2Fapi.x.com%2F1.1%2Fstatuses%2Fupdate.json&include_entities%3Dtrue%26' +
        'oauth_consumer_key%3Dxvz1evFS4wEEPTGEFPHBog%26oauth_nonce%3DkYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg%26' +
        'oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1318622958%26' +
        'oauth_token%3D370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb%26oauth_version%3D1.0%26' +
        'status%3DHello%2520Ladies%2520%252B%2520Gentlemen%252C%2520a%2520signed%2520OAuth%2520request%2521',
    );
    expect(fieldsOf(header)).toEqual({
      oauth_consumer_key: KEYS.apiKey,
      oauth_nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg',
      oauth_signature: signature,
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '1318622958',
      oauth_token: KEYS.accessToken,
      oauth_version: '1.0',
    });
  });

  test.each([
    ['POST', 'https://api.x.com/2/tweets', {}, '8QOMPSGe4iHPQkIcaVZ0d6bMBZw='],
    [
      'GET',
      'https://api.x.com/2/tweets?ids=20,1234567890123456789&tweet.fields=created_at,public_metrics',
      {},
      'FLQOjrZFKbOHL+IYFaLkh2X7XL8=',
    ],
    ['POST', 'https://api.x.com/2/media/upload/1880028106020515840/append', {}, 'chhPttiMshQdX9tOX9jm8zi3370='],
    ['DELETE', 'https://api.x.com/2/tweets/1445880548472328192', {}, 'IPuzwKYaAvKDY9kAJijqzVTNA/k='],
    [
      'POST',
      'https://upload.twitter.com/1.1/media/upload.json',
      { command: 'INIT', total_bytes: '10240', media_type: 'image/jpeg', media_category: 'tweet_image' },
      'QCRIyXDM95ePgKXcI+1g/6Nibaw=',
    ],
  ])("today's endpoints: %s %s", (method, url, params, signature) => {
    const request = { method, url, params, nonce: 'nonce1234567890', timestamp: 1700000000 };
    expect(signOAuth1Request(request, KEYS).signature).toBe(signature);
  });

  // These have no token, or not the version that X wants: a base string without them has to be that of the vector.
  const RFC = { apiKey: 'dpf43f3p2l4k3l03', apiSecret: 'kd94hf93k423kf44' };
  const VERSION = '%26oauth_version%3D1.0';
  const TOKEN = '%26oauth_token%3Dt';
  test.each([
    [
      'RFC 5849 §1.2, temporary credentials',
      { method: 'POST', url: 'https://photos.example.net/initiate', nonce: 'wIjqoS', timestamp: 137131200 },
      { oauth_callback: 'http://printer.example.com/ready' },
      { ...RFC, accessToken: 't', accessTokenSecret: 's' },
      [VERSION, TOKEN],
      '74KNZJeDHnMBp0EMJ9ZHt/XKycU=',
    ],
    [
      'RFC 5849 §1.2, token credentials',
      { method: 'POST', url: 'https://photos.example.net/token', nonce: 'walatlh', timestamp: 137131201 },
      { oauth_verifier: 'hfdp7dh39dks9884' },
      { ...RFC, accessToken: 'hh5s93j4hdidpola', accessTokenSecret: 'hdhd0244k9j7ao03' },
      [VERSION],
      'gKgrFCywp7rO0OXSjdot/IHF7IU=',
    ],
    [
      'RFC 5849 §1.2, resource',
      {
        method: 'GET',
        url: 'http://photos.example.net/photos?file=vacation.jpg&size=original',
        nonce: 'chapoH',
        timestamp: 137131202,
      },
      {},
      { ...RFC, accessToken: 'nnch734d00sl2jdk', accessTokenSecret: 'pfkkdhi9sl3r4s00' },
      [VERSION],
      'MdpQcU8iPSUjWoN/UDMsK2sui9I=',
    ],
    [
      'RFC 5849 §3.4.1, with erratum 2550',
      {
        method: 'POST',
        url: 'http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b',
        nonce: '7d8f3e4a',
        timestamp: 137131201,
      },
      { c2: '', a3: '2 q' },
      {
        apiKey: '9djdj82h48djs9d2',
        apiSecret: 'j49sk3j29djd',
        accessToken: 'kkk9d7dh3k39sjv7',
        accessTokenSecret: 'dh893hdasih9',
      },
      [VERSION],
      'r6/TJjbCOr97/+UU0NsvSne7s5g=',
    ],
    [
      "X's request_token with a callback",
      { method: 'POST', url: 'https://api.x.com/oauth/request_token', nonce: 'nonce1234567890', timestamp: 1700000000 },
      { oauth_callback: 'http://127.0.0.1:8080/cb?x=1' },
      { ...KEYS, accessToken: 't' },
      [TOKEN],
      'lX1M1bZQJuF86XW9fMANfSx5T+c=',
    ],
    [
      "X's request_token with a PIN",
      { method: 'POST', url: 'https://api.x.com/oauth/request_token', nonce: 'nonce1234567890', timestamp: 1700000000 },
      { oauth_callback: 'oob' },
      { ...KEYS, accessToken: 't' },
      [TOKEN],
      'K6+yl+bgFVUWrFHilHqltZmWhFY=',
    ],
  ])('%s', (_name, request, params, credentials, added, signature) => {
    const { baseString } = signOAuth1Request({ ...request, params }, credentials);
    for (const part of added) expect(baseString).toContain(part);
    const published = added.reduce((text, part) => text.replace(part, ''), baseString);
    const secret = added.includes(TOKEN) ? '' : credentials.accessTokenSecret;
    expect(hmac(published, `${credentials.apiSecret}&${secret}`)).toBe(signature);
  });

  test.each([
    ['Ladies + Gentlemen', 'Ladies%20%2B%20Gentlemen'],
    ['An encoded string!', 'An%20encoded%20string%21'],
    ['Dogs, Cats & Mice', 'Dogs%2C%20Cats%20%26%20Mice'],
    ['☃', '%E2%98%83'],
    ["!*'()", '%21%2A%27%28%29'],
    ['-._~', '-._~'],
  ])('encodes %s', (value, encoded) => {
    const { baseString } = signOAuth1Request({ method: 'GET', url: 'https://api.x.com/', params: { z: value } }, KEYS);
    expect(baseString.endsWith(encodeURIComponent(`&z=${encoded}`))).toBe(true);
  });

  test('signs as another library does', () => {
    const text = fc.string({ unit: 'binary' });
    const name = fc
      .string({ unit: 'binary', minLength: 1 })
      .filter((key) => !key.includes('\0') && !key.startsWith('oauth_') && !(key in {}));
    const credential = fc.stringMatching(/^[!-~]{1,50}$/);
    const segment = fc.stringMatching(/^[A-Za-z0-9._~-]{1,8}$/);
    const requests = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'get'),
      origin: fc.constantFrom('https://api.x.com', 'http://127.0.0.1:8080', 'https://upload.x.com:8443'),
      path: fc.array(segment, { maxLength: 4 }),
      pairs: fc.uniqueArray(fc.tuple(name, text, fc.boolean()), { selector: ([key]) => key, maxLength: 6 }),
      nonce: fc.stringMatching(/^[A-Za-z0-9]{1,42}$/),
      timestamp: fc.nat(),
    });
    const keys = fc
      .record({
        apiKey: credential,
        apiSecret: credential,
        accessToken: credential,
        accessTokenSecret: credential,
      })
      // An app's own key or secret in a user's place is refused before anything is signed.
      .filter((keys) => keys.apiKey !== keys.accessToken && keys.apiSecret !== keys.accessTokenSecret);
    fc.assert(
      fc.property(requests, keys, ({ method, origin, path, pairs, nonce, timestamp }, credentials) => {
        const inQuery = pairs.filter(([, , queried]) => queried);
        const query = inQuery.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
        const params = Object.fromEntries(pairs.filter(([, , queried]) => !queried));
        // The library takes the names of a query as they are, so it gets all pairs as decoded parameters.
        const base = `${origin}/${path.filter((part) => !/^\.+$/.test(part)).join('/')}`;
        const url = query.length > 0 ? `${base}?${query.join('&')}` : base;
        const other = new OAuth({
          consumer: { key: credentials.apiKey, secret: credentials.apiSecret },
          signature_method: 'HMAC-SHA1',
          hash_function: hmac,
        });
        other.getNonce = () => nonce;
        other.getTimeStamp = () => timestamp;
        const data = Object.fromEntries(pairs);
        const token = { key: credentials.accessToken, secret: credentials.accessTokenSecret };
        const expected = other.authorize({ url: base, method, data }, token);
        const signed = signOAuth1Request({ method, url, params, nonce, timestamp }, credentials);
        expect(signed.signature).toBe(expected.oauth_signature);
        expect(fieldsOf(signed.header)).toEqual(fieldsOf(other.toHeader(expected).Authorization));
      }),
      { numRuns: 500 },
    );
  });

  test('nonce and time are fresh', () => {
    const before = Math.floor(Date.now() / 1000);
    const request = { method: 'GET', url: 'https://api.x.com/2/users/me' };
    const headers = Array.from({ length: 100 }, () => fieldsOf(signOAuth1Request(request, KEYS).header));
    expect(new Set(headers.map(({ oauth_nonce: nonce }) => nonce)).size).toBe(100);
    for (const { oauth_nonce: nonce, oauth_timestamp: timestamp } of headers) {
      expect(nonce).toMatch(/^[A-Za-z0-9]{16,}$/);
      expect(Number(timestamp)).toBeGreaterThanOrEqual(before);
      expect(Number(timestamp)).toBeLessThanOrEqual(Date.now() / 1000);
    }
  });

  test.each([
    ['request.method', { method: '' }],
    ['request.method', { method: undefined }],
    ['request.url', { url: '/2/tweets' }],
    ['request.url', { url: 'ftp://api.x.com/' }],
    ['request.params', { params: 'a=b' }],
    ['request.params.a', { params: { a: 1 } }],
    ['request.nonce', { nonce: 1 }],
    ['request.timestamp', { timestamp: 1.5 }],
    ['request.timestamp', { timestamp: '1700000000' }],
  ])('refuses %s: %j', (field, part) => {
    const request = { method: 'GET', url: 'https://api.x.com/', ...part };
    const error = thrownBy(() => signOAuth1Request(request, KEYS));
    expect(error).toBeInstanceOf(TwitterError);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field, operation: 'signOAuth1Request' });
  });
});

describe('Signer', () => {
  const EXAMPLE = {
    method: 'POST',
    url: 'https://api.x.com/1.1/statuses/update.json?include_entities=true',
    params: { status: 'Hello Ladies + Gentlemen, a signed OAuth request!' },
    nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg',
    timestamp: 1318622958,
  };
  const RESOURCE = {
    method: 'POST',
    url: 'http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b',
    params: { c2: '', a3: '2 q' },
  };

  test("X's example", () => {
    const signer = new Signer(KEYS);
    expect(signer.sign(EXAMPLE)).toEqual(signOAuth1Request(EXAMPLE, KEYS));
    expect(signer.sign(EXAMPLE).signature).toBe('Ls93hJiZbQ3akF3HF3x1Bz8/zU4=');
  });

  test.each([EXAMPLE, RESOURCE])('header is that of $url', ({ method, url, params }) => {
    const header = new Signer(KEYS).header(method, url, params);
    const { oauth_nonce: nonce, oauth_timestamp: timestamp } = fieldsOf(header);
    const request = { method, url, params, nonce, timestamp: Number(timestamp) };
    expect(header).toBe(signOAuth1Request(request, KEYS).header);
  });

  test('nonces are fresh', () => {
    const signer = new Signer(KEYS);
    const nonces = Array.from({ length: 200 }, () => fieldsOf(signer.header('GET', 'https://api.x.com/')).oauth_nonce);
    expect(new Set(nonces).size).toBe(200);
    for (const nonce of nonces) expect(nonce).toMatch(/^[A-Za-z0-9]{32}$/);
  });

  test('its headers are taken', async () => {
    const { oauth1Credentials } = context.sandbox.seedUser();
    const url = context.url('/2/users/me');
    const headers = { authorization: new Signer(oauth1Credentials).header('GET', url) };
    await expect(fetch(url, { headers })).resolves.toMatchObject({ status: 200 });
  });

  test('it does not show what it is made of', () => {
    const signer = new Signer(KEYS);
    signer.sign(EXAMPLE);
    const shown = `${inspect(signer, { depth: Infinity, showHidden: true })}${JSON.stringify(signer)}${String(signer)}`;
    const names = Reflect.ownKeys(signer).concat(Reflect.ownKeys(Object.getPrototypeOf(signer)));
    for (const secret of Object.values(KEYS)) expect(shown).not.toContain(secret.slice(0, 12));
    expect(names).toEqual(['constructor', 'sign', 'header']);
  });

  test('it keeps what it was made of', () => {
    const keys = { ...KEYS };
    const signer = new Signer(keys);
    keys.apiSecret = 'another';
    expect(signer.sign(EXAMPLE).signature).toBe('Ls93hJiZbQ3akF3HF3x1Bz8/zU4=');
  });

  test.each([
    ['credentials', undefined],
    ['credentials', 'token'],
    ['credentials.apiKey', { ...KEYS, apiKey: '' }],
    ['credentials.accessTokenSecret', { ...KEYS, accessTokenSecret: null }],
  ])('refuses %s', (field, credentials) => {
    const error = thrownBy(() => new Signer(credentials));
    expect(error).toBeInstanceOf(TwitterError);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field, operation: 'Signer' });
  });

  test.each([
    ['method', ['', 'https://api.x.com/']],
    ['url', ['GET', '/2/tweets']],
    ['params', ['GET', 'https://api.x.com/', 5]],
    ['params.a', ['GET', 'https://api.x.com/', { a: 1 }]],
  ])('header refuses %s', (field, parameters) => {
    const error = thrownBy(() => new Signer(KEYS).header(...parameters));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field, operation: 'header' });
  });

  test('sign refuses what the function refuses', () => {
    const error = thrownBy(() => new Signer(KEYS).sign({ method: 'GET', url: 'ftp://api.x.com/' }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'request.url', operation: 'sign' });
  });
});

describe('credentials that are used again', () => {
  const request = { method: 'GET', url: 'https://api.x.com/', nonce: 'n', timestamp: 1 };
  const signatureOf = (credentials) => signOAuth1Request(request, credentials).signature;

  test('are read anew when they have changed', () => {
    const keys = { ...KEYS };
    for (const apiSecret of ['one', 'one', 'one', 'two', 'two', 'one']) {
      keys.apiSecret = apiSecret;
      expect(signatureOf(keys)).toBe(signatureOf({ ...keys }));
    }
  });

  test.each([
    ['lost', (keys) => delete keys.apiKey],
    ['emptied', (keys) => Object.assign(keys, { apiKey: '' })],
    ['of another kind', (keys) => Object.assign(keys, { apiKey: 5 })],
    ['inherited', (keys) => delete keys.apiKey && Object.setPrototypeOf(keys, KEYS)],
  ])('are refused when one of them is %s', (_, change) => {
    const keys = { ...KEYS };
    for (let count = 0; count < 4; count += 1) signatureOf(keys);
    change(keys);
    for (let count = 0; count < 3; count += 1) {
      const error = thrownBy(() => signatureOf(keys));
      expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'credentials.apiKey' });
    }
  });

  test('are refused when one of them is behind a getter that throws', () => {
    const keys = { ...KEYS };
    for (let count = 0; count < 4; count += 1) signatureOf(keys);
    const get = () => {
      throw new Error('of a getter');
    };
    Object.defineProperty(keys, 'apiKey', { get });
    for (let count = 0; count < 3; count += 1) {
      const error = thrownBy(() => signatureOf(keys));
      expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', cause: { message: 'of a getter' } });
    }
  });

  test('may be behind a proxy or getters', () => {
    let secret = 'one';
    const keys = {
      ...KEYS,
      get apiSecret() {
        return secret;
      },
    };
    const proxy = new Proxy(keys, {});
    for (const next of ['one', 'one', 'two', 'two', 'one']) {
      secret = next;
      const expected = signatureOf({ ...KEYS, apiSecret: next });
      expect([signatureOf(keys), signatureOf(proxy)]).toEqual([expected, expected]);
    }
  });
});

/** A header's fields, decoded. */
function fieldsOf(header) {
  expect(header.startsWith('OAuth ')).toBe(true);
  const parts = header.slice('OAuth '.length).split(', ');
  return Object.fromEntries(
    parts.map((part) => {
      const [, name, value] = /^([a-z_]+)="([A-Za-z0-9._~%-]*)"$/.exec(part);
      return [name, decodeURIComponent(value)];
    }),
  );
}

describe('three steps to a token', () => {
  test('with a callback', async () => {
    const user = context.sandbox.seedUser();
    const temporary = await requestOAuth1Token('https://shop.example/callback');
    expect(temporary).toEqual({ token: expect.any(String), tokenSecret: expect.any(String) });
    const page = oauth1AuthorizeUrl(temporary.token);
    expect(page).toBe(context.url(`/oauth/authorize?oauth_token=${temporary.token}`));
    const response = await fetch(page, { redirect: 'manual' });
    const { origin, pathname, searchParams } = new URL(response.headers.get('location'));
    expect(origin + pathname).toBe('https://shop.example/callback');
    expect(searchParams.get('oauth_token')).toBe(temporary.token);
    const verifier = searchParams.get('oauth_verifier');
    const granted = await exchangeOAuth1Verifier(temporary.token, temporary.tokenSecret, verifier);
    expect(granted).toEqual({
      accessToken: user.oauth1Credentials.accessToken,
      accessTokenSecret: user.oauth1Credentials.accessTokenSecret,
      userId: user.id,
      screenName: user.username,
    });
    const { apiKey, apiSecret } = user.oauth1Credentials;
    const { accessToken, accessTokenSecret } = granted;
    const credentials = { apiKey, apiSecret, accessToken, accessTokenSecret };
    await expect(createTweet({ text: 'By three steps' }, credentials)).resolves.toMatchObject({
      text: 'By three steps',
    });
  });

  test('with a PIN', async () => {
    const user = context.sandbox.seedUser();
    const { token, tokenSecret } = await requestOAuth1Token('oob');
    const pin = await (await fetch(oauth1AuthorizeUrl(token))).text();
    expect(pin).toMatch(/^\d{7}$/);
    await expect(exchangeOAuth1Verifier(token, tokenSecret, pin)).resolves.toMatchObject({ userId: user.id });
    // The temporary token is gone with it.
    await expect(rejectionOf(exchangeOAuth1Verifier(token, tokenSecret, pin))).resolves.toMatchObject({
      code: 'UNAUTHORIZED',
    });
  });

  test('a verifier that is wrong', async () => {
    const { token, tokenSecret } = await requestOAuth1Token('oob');
    await fetch(oauth1AuthorizeUrl(token));
    const error = await rejectionOf(exchangeOAuth1Verifier(token, tokenSecret, '1'));
    expect(error).toMatchObject({
      code: 'UNAUTHORIZED',
      type: 'not_allowed',
      operation: 'exchangeOAuth1Verifier',
      status: 401,
      retryable: false,
      message: 'OAuth1 access token exchange failed: 401 - Invalid or expired token.',
    });
    expect(context.sandbox.ledger.requests({ endpoint: 'accessToken' })).toHaveLength(1);
  });

  test('a secret that is wrong', async () => {
    const error = await rejectionOf(requestOAuth1Token('oob', { apiSecret: 'not-the-secret' }));
    expect(error).toMatchObject({
      code: 'UNAUTHORIZED',
      message: 'OAuth1 request token failed: 401 - Could not authenticate you.',
    });
  });

  test('a callback that X did not confirm', async () => {
    const body = 'oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=false';
    context.sandbox.faults.add({ endpoint: 'requestToken', fault: { kind: 'status', status: 200, body } });
    await expect(rejectionOf(requestOAuth1Token('oob'))).resolves.toMatchObject({ code: 'UNEXPECTED_RESPONSE' });
  });

  test.each([
    ['callbackUrl', () => requestOAuth1Token('/callback')],
    ['apiKey', () => requestOAuth1Token('oob', { apiKey: '' })],
    ['apiSecret', () => exchangeOAuth1Verifier('t', 's', 'v', { apiSecret: '' })],
  ])('%s is checked first', async (field, call) => {
    await expect(rejectionOf(call())).resolves.toMatchObject({ code: 'INVALID_ARGUMENT', field });
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });

  test("the page is at the API's address, and the token is encoded", () => {
    const client = { apiBaseUrl: 'https://api.x.com/' };
    expect(oauth1AuthorizeUrl('a&b c', { client })).toBe('https://api.x.com/oauth/authorize?oauth_token=a%26b%20c');
  });
});

test.each([20, -20])("X's clock is %i minutes ahead: the second attempt goes by it", async (minutes) => {
  const sandbox = await startSandbox({ rateLimits: false });
  try {
    const { oauth1Credentials } = sandbox.seedUser();
    const client = { apiBaseUrl: sandbox.url };
    const statuses = () => sandbox.ledger.requests({ endpoint: 'createTweet' }).map(({ status }) => status);
    sandbox.clock.advance(minutes * 60_000);
    await createTweet({ text: 'Out of time' }, oauth1Credentials, { client });
    expect(statuses()).toEqual([401, 201]);
    await createTweet({ text: 'In time' }, oauth1Credentials, { client });
    expect(statuses()).toEqual([401, 201, 201]);
  } finally {
    await sandbox.close();
  }
});
