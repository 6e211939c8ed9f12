'use strict';

const { fork } = require('node:child_process');
const { mkdtempSync, readFileSync, readdirSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const api = require('../index.js');
const { startSandbox } = require('../sandbox/index.js');
const { ANSWERS, WAYS, startEcho } = require('./canaries/echoes.js');
const { surfacesOf } = require('./canaries/surfaces.js');
const { defectiveAddon } = require('./support/defective-addon.js');
const { bytesOf } = require('./support/media.js');
const { inUnits, secretsIn, smallDigits, spellingsOf } = require('./support/spellings.js');

jest.setTimeout(120_000);

/** With letters that are written otherwise in URLs, and in base64 otherwise in base64url. */
const APP = { clientSecret: 'c/a+Na~ry?>>Client0', apiSecret: 'c/a+Nb~ry?>>Consumer0' };
/** @type {string} */
let folder;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twitter-native-canaries-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Runs the program that fails in every way, and gives what can be seen of it.
 * @param {{ panics?: boolean, planted?: boolean }} job
 */
async function run(job) {
  const sandbox = await startSandbox({ rateLimits: false, allowDuplicates: true, ...APP });
  const { X_CLIENT_ID: clientId, X_API_KEY: apiKey, X_API_BASE_URL, X_UPLOAD_BASE_URL } = sandbox.env;
  const keys = { clientId, apiKey, ...APP };
  const user = sandbox.seedUser();
  const secrets = await secretsOf(sandbox, user, keys);
  const reports = mkdtempSync(join(folder, 'run-'));
  const env = {
    ...process.env,
    X_API_BASE_URL,
    X_UPLOAD_BASE_URL,
    RUST_LOG: 'trace',
    RUST_BACKTRACE: 'full',
    ...(job.panics ? { NAPI_RS_NATIVE_LIBRARY_PATH: defectiveAddon() } : {}),
  };
  const child = fork(join(__dirname, 'canaries', 'program.cjs'), ['called.json'], {
    env,
    execArgv: ['--report-uncaught-exception', `--report-directory=${reports}`],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let stderr = '';
  let stdout = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.send({ url: sandbox.url, user, keys, secrets, ...job });
  /** @type {any} */
  let result;
  child.on('message', (message) => (result = message));
  await new Promise((resolve) => child.on('close', resolve));
  await sandbox.close();
  if (!result) throw new Error(`the program did not get to its end: ${stderr}`);
  const written = readdirSync(reports).map((name) => readFileSync(join(reports, name), 'utf8'));
  const all = [
    ...result.seen,
    { what: 'process', surface: 'stderr', text: stderr },
    { what: 'process', surface: 'stdout', text: stdout },
    ...written.map((text) => ({ what: 'process', surface: 'written report', text })),
  ];
  return { secrets, codes: result.codes, stderr, reports: written.length, seen: all };
}

/** The secrets that calls go by. @param {any} sandbox @param {any} user @param {any} keys */
async function secretsOf(sandbox, user, keys) {
  const { accessToken, accessTokenSecret } = user.oauth1Credentials;
  const basic = Buffer.from(`${keys.apiKey}:${encodeURIComponent(keys.apiSecret)}`).toString('base64');
  const answer = await fetch(`${sandbox.url}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  });
  return {
    consumerSecret: keys.apiSecret,
    // It begins with its account's id, which anyone may see.
    accessToken: accessToken.replace(/^\d+-/, ''),
    accessTokenSecret,
    oauth2AccessToken: user.oauth2.accessToken,
    refreshToken: user.oauth2.refreshToken,
    clientSecret: keys.clientSecret,
    bearerToken: (await answer.json()).access_token,
  };
}

/** Where secrets can be seen. @param {Awaited<ReturnType<typeof run>>} outcome */
const leaks = ({ seen, secrets }) =>
  seen.flatMap(({ what, surface, text }) => secretsIn(text, secrets).map((name) => `${what}, ${surface}: ${name}`));

function allCodes() {
  const declared = readFileSync(join(__dirname, '../index.d.ts'), 'utf8');
  const [, list] = declared.match(/type TwitterErrorCode =([^;]+);/) ?? [];
  return [...String(list).matchAll(/'([A-Z0-9_]+)'/g)].map(([, code]) => code);
}

test('no secret is seen, whatever fails', async () => {
  const outcome = await run({});
  expect(Object.keys(outcome.secrets)).toHaveLength(7);
  expect(Object.values(outcome.secrets).every((secret) => secret.length >= 16)).toBe(true);
  expect(outcome.codes.sort()).toEqual(
    allCodes()
      .filter((code) => code !== 'INTERNAL')
      .sort(),
  );
  const surfaces = new Set(outcome.seen.map(({ surface }) => surface));
  expect([...surfaces].sort()).toEqual(
    [
      ...['causes', 'inspected', 'json', 'message', 'properties', 'report', 'stack', 'stderr', 'stdout', 'text'],
      'written report',
    ].sort(),
  );
  expect(new Set(outcome.seen.map(({ what }) => what))).toContain('checkpoint');
  expect(outcome.stderr).not.toContain('was to come');
  expect(outcome.stderr).toContain('TwitterError');
  expect(outcome.reports).toBe(2);
  expect(leaks(outcome)).toEqual([]);
});

test('nor is one when the package panics', async () => {
  const outcome = await run({ panics: true });
  expect(outcome.codes).toContain('INTERNAL');
  expect(outcome.stderr).toContain('twitter-native: internal error at ');
  expect(leaks(outcome)).toEqual([]);
});

test('one that is planted is seen: hidden in an error, printed, and in reports', async () => {
  const found = leaks(await run({ panics: true, planted: true }));
  for (const place of ['planted, inspected', 'process, stderr', 'process, report', 'process, written report']) {
    expect(found).toContain(`${place}: consumerSecret`);
  }
  expect(found.every((line) => line.endsWith(': consumerSecret'))).toBe(true);
});

describe('what an answer repeats is seen in no spelling', () => {
  // A token as X gives it to apps is percent-encoded.
  const APP_TOKEN = 'AAAAAAAAAAAAAAAAAAAAAMLheAAAAAAA0%2BuSeid%2BULvsea4JtiGRiSDSJSI%3DEUifiRBkKG5E2XzMDjRf';
  const KEYS = {
    apiKey: 'k/e+y~xvz1evFS4wEEPTGEFPHBog',
    apiSecret: 's/e+c~L8qq9PZyRg6ieKGEKhZolGC0vJWLw8iEJ88DRdyOg',
    accessToken: '1445880548472328192-t/o+k~Kq8wZx2Lm9RtYvBnHc5JdFs3GaEuPo',
    accessTokenSecret: 'a/c+c~LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
  };
  const TOKEN = 'b/e+a~rUkJz3Qn5Wd7Xc9Vb1Nm=';
  const CLIENT = { clientId: 'c/l+i~ent0WHJ6402A3dbUJKzXTNX4oRg', clientSecret: 'c/s+e~cretT9sPq2Wn4Xv6Zb8Md1Kf3Hg5' };
  const REFRESH_TOKEN = 'r/e+f~reshY7uI9oP1aS3dF5gH7jK';
  /** @type {Awaited<ReturnType<typeof startEcho>>} */
  let echo;

  beforeAll(async () => {
    echo = await startEcho();
  });
  afterAll(() => echo.close());

  /** The outcomes of calls of each kind, answered so. @param {any} credentials @param {object} options */
  async function callAll(credentials, options) {
    const data = await bytesOf({ kind: 'jpeg' });
    const [token, keys] = typeof credentials === 'string' ? [credentials, null] : [null, credentials];
    const publishing = { ...options, reconcile: { scheduleMs: [1] } };
    const outcomes = await Promise.allSettled([
      api.publishTweetWithMedia({ text: 'A post' }, token, keys, publishing),
      api.deleteTweet('1', credentials, options),
      api.getTweet('1', credentials, options),
      api.getUserTweets('1', credentials, options),
      api.uploadMedia({ data }, credentials, options),
    ]);
    return outcomes.map((outcome) => ('value' in outcome ? outcome.value : outcome.reason));
  }

  /** @param {unknown[]} values @param {Record<string, string>} secrets */
  function seenIn(values, secrets) {
    const all = values.flatMap((value) => Object.values(surfacesOf(value))).join('\n');
    if (secretsIn(all, secrets).length === 0) return [];
    return values.flatMap((value) =>
      Object.entries(surfacesOf(value)).flatMap(([surface, text]) =>
        secretsIn(text, secrets).map((name) => `${surface}: ${name}`),
      ),
    );
  }

  /**
   * Each way of repeating the last part of a header, and where that is worth while the whole header and further secrets.
   * @param {string} how @param {string[]} [others]
   */
  function* turns(how, others) {
    for (const [way, write] of Object.entries(WAYS)) {
      // A header's values carry no escapes of JSON.
      if (how === 'strange encoding' && way.includes('JSON')) continue;
      const last = (/** @type {string} */ header) => header.slice(header.lastIndexOf(' ') + 1);
      const whole = (/** @type {string} */ header) => header;
      for (const choose of others ? [last, whole, ...others.map((secret) => () => secret)] : [last]) {
        echo.turn.how = how;
        echo.turn.words = (header) => write(choose(header));
        yield `${how}, ${way}`;
      }
    }
  }

  test.each(Object.keys(ANSWERS).filter((how) => how !== 'OAuth error'))('%s', async (how) => {
    /** @type {unknown[]} */
    const events = [];
    const retry = { maxAttempts: 1, budget: 10_000 };
    const client = { apiBaseUrl: echo.url, retry, onRequest: (/** @type {unknown} */ event) => events.push(event) };
    const found = [];
    const kinds = how === 'refusal' ? [TOKEN, APP_TOKEN, KEYS] : [TOKEN, KEYS];
    for (const credentials of kinds) {
      const unsent = typeof credentials === 'string' ? [] : Object.values(credentials);
      for (const turn of turns(how, how === 'refusal' ? unsent : undefined)) {
        echo.sent.clear();
        const outcomes = await callAll(credentials, { client });
        const secrets = secretsSent([...echo.sent], unsent);
        for (const place of seenIn([...outcomes, ...events.splice(0)], secrets)) found.push(`${turn}, ${place}`);
      }
    }
    expect(found).toEqual([]);
  });

  test('of a request for tokens', async () => {
    const found = [];
    const { clientSecret } = CLIENT;
    for (const how of ['OAuth error', 'refusal']) {
      for (const turn of turns(how, [REFRESH_TOKEN, clientSecret])) {
        echo.sent.clear();
        const [outcome] = await Promise.allSettled([
          api.refreshAccessToken(REFRESH_TOKEN, { ...CLIENT, client: { apiBaseUrl: echo.url } }),
        ]);
        const reason = /** @type {PromiseRejectedResult} */ (outcome).reason;
        const secrets = secretsSent([...echo.sent], [REFRESH_TOKEN, clientSecret]);
        for (const place of seenIn([reason], secrets)) found.push(`${turn}, ${place}`);
      }
    }
    expect(found).toEqual([]);
  });

  /**
   * What must not be seen: values of headers, and what was not sent, without what anyone may see of them.
   * @param {string[]} parts @param {string[]} unsent
   */
  function secretsSent(parts, unsent) {
    const values = [...parts.filter((part) => !part.includes('="') && !/^\w+ /.test(part)), ...unsent];
    const telling = values.map((value) => value.replace(/^(\d+-|A{12,})/, ''));
    return Object.fromEntries(telling.filter((value) => value.length >= 12).map((value) => [value, value]));
  }

  test('and what it does not repeat stays', async () => {
    const text =
      'A post of AAAAAAAAAAAAAAAAAAAAAAAA, 100% of 1445880548472328192\n\ud83d\ude00 b/e+a~rUkJz https://t.co/wO3vGJXq0r';
    echo.turn.how = 'success';
    echo.turn.words = () => WAYS['with \\/'](text);
    const client = { apiBaseUrl: echo.url };
    for (const credentials of [TOKEN, APP_TOKEN, KEYS]) {
      const [token, keys] = typeof credentials === 'string' ? [credentials, null] : [null, credentials];
      const tweet = await api.publishTweetWithMedia({ text: 'A post' }, token, keys, { client });
      expect(tweet).toMatchObject({
        text,
        warnings: [expect.stringContaining('A post of AAAAAAAA'), expect.any(String)],
      });
    }
  });
});

describe('a secret is recognized', () => {
  const secret = 'k/7+Q~é?>x9Lm2Np4Rs6';
  const hex = Buffer.from(secret).toString('hex');
  test.each([
    ['plain', secret],
    ['by its first 12 characters', secret.slice(0, 12)],
    ['percent-encoded', encodeURIComponent(secret)],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64url', Buffer.from(secret).toString('base64url')],
    ['in base64 after one other byte', Buffer.from(`:${secret}`).toString('base64')],
    ['in base64 after two', Buffer.from(`a:${secret}`).toString('base64')],
    ['in base64url after two', Buffer.from(`a:${secret}`).toString('base64url')],
    ['in hexadecimal digits', hex],
    ['in capital ones', hex.toUpperCase()],
    ['in small letters', secret.toLowerCase()],
    ['in capital letters', secret.toUpperCase()],
    ['percent-encoded in small digits', smallDigits(encodeURIComponent(secret))],
    ['percent-encoded twice', encodeURIComponent(encodeURIComponent(secret))],
    ['so in small digits', smallDigits(encodeURIComponent(smallDigits(encodeURIComponent(secret))))],
    ['in base64 of what is percent-encoded', Buffer.from(`a:${encodeURIComponent(secret)}`).toString('base64')],
    ['as JSON that escapes its slash', secret.replaceAll('/', '\\/')],
    ['as JSON that escapes all', inUnits(secret)],
  ])('%s', (_name, text) => {
    expect(secretsIn(`before ${text} after`, { secret, other: 'another-secret' })).toEqual(['secret']);
  });

  test('among others that begin alike', () => {
    // In hexadecimal digits these begin with the same, without a letter.
    const [one, other] = ['0123456789-one-secret', '0123456789-other-secret'];
    const text = Buffer.from(one).toString('hex');
    expect(secretsIn(text.slice(0, 40), { one, other, third: 'zzz-zzz-zzz-zzz' })).toContain('one');
    expect(secretsIn(Buffer.from('0123456789\u007f').toString('hex'), { one, other })).toEqual([]);
  });

  test('and nothing else is', () => {
    expect(spellingsOf(secret).every((spelling) => spelling.length >= 12)).toBe(true);
    expect(secretsIn('k/7+Q~é?>x9 and others', { secret })).toEqual([]);
  });
});
