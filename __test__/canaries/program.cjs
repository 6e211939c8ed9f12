'use strict';

// Fails in every way that it can, and tells all that can be seen of that. Secrets come by message, so that neither the
// arguments nor the environment of the process have them: node program.cjs <file for reports>
const { once } = require('node:events');
const api = require('../../index.js');
const native = require('../../js/native.js');
const { PROVOKED, publish } = require('./provoked.js');
const { surfacesOf } = require('./surfaces.js');

const [report] = process.argv.slice(2);
/** @type {Array<{ what: string, surface: string, text: string }>} */
const seen = [];
/** @type {Set<string>} */
const codes = new Set();

/** @param {string} what @param {unknown} value */
function see(what, value) {
  for (const [surface, text] of Object.entries(surfacesOf(value))) seen.push({ what, surface, text });
}

/** @param {string} url @param {string} route @param {string} method @param {object} [body] */
const control = (url, route, method, body) =>
  fetch(`${url}/_sandbox/${route}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });

/** Credentials of each kind. @param {any} job */
function worldsOf({ url, user, keys, secrets }) {
  const { accessToken, refreshToken } = user.oauth2;
  const client = {
    apiBaseUrl: url,
    retry: { baseDelayMs: 1, maxDelayMs: 2, maxAttempts: 2, budget: 10_000 },
    onRequest: (/** @type {unknown} */ event) => see('onRequest', event),
    mediaPolicy: { allowHttp: true, allowPrivateNetworks: true },
  };
  const options = {
    client,
    reconcile: { scheduleMs: [1] },
    onCheckpoint: async (/** @type {string} */ checkpoint) => see('checkpoint', checkpoint),
    onProgress: (/** @type {unknown} */ event) => see('onProgress', event),
  };
  const config = { ...keys, client };
  const managed = (/** @type {object} */ tokens) =>
    new api.TokenManager({ load: async () => ({ version: 1, ...tokens }), store: async () => true, config });
  // Without a refresh token it sends the same one all the time.
  const manager = managed({ accessToken, expiresAt: Date.now() + 7_200_000 });
  const spent = managed({ accessToken, refreshToken, expiresAt: 0 });
  see('TokenManager', [manager, spent]);
  see('TwitterService', new api.TwitterService(config));
  const shared = {
    api,
    url,
    options,
    refreshToken,
    spent,
    app: { keys, oauth1: user.oauth1Credentials },
    tokenEcho: `${refreshToken} ${keys.clientSecret}`,
    query: encodeURIComponent(Object.values(secrets).join(' ')),
    fault: (/** @type {string} */ endpoint, /** @type {object} */ fault) =>
      control(url, 'faults', 'POST', { endpoint, fault }),
  };
  const oauth1 = user.oauth1Credentials;
  const signed = Object.values(oauth1).join(' ');
  return [
    { ...shared, kind: 'oauth2', token: accessToken, oauth1: null, either: accessToken, echo: accessToken },
    { ...shared, kind: 'oauth1', token: null, oauth1, either: oauth1, echo: signed },
    { ...shared, kind: 'manager', token: manager, oauth1: null, either: manager, echo: accessToken },
  ];
}

/** @param {string} what @param {() => Promise<unknown>} work */
async function fail(what, work) {
  try {
    see(`${what}: result`, await work());
  } catch (error) {
    codes.add(error.code);
    see(`${what}: ${error.code}`, error);
    return error;
  }
  return null;
}

/** @param {any[]} worlds */
async function provokeAll(worlds) {
  for (const world of worlds) {
    await fail(world.kind, () => publish(world));
    for (const [code, provoke] of Object.entries(PROVOKED)) {
      // A manager looks for another token then, and OAuth 1.0a has no scopes.
      if (world.kind === 'manager' && code === 'UNAUTHORIZED') continue;
      if (world.kind === 'oauth1' && code === 'MISSING_SCOPE') continue;
      const error = await fail(`${world.kind} ${code}`, () => provoke(world));
      if (error?.code !== code) process.stderr.write(`${world.kind}: ${code} was to come, it was ${error?.code}\n`);
      await control(world.url, 'faults', 'DELETE');
    }
  }
}

/** Panics at each place, in a build that has some. @param {any[]} worlds */
async function panicAll(worlds) {
  for (const world of worlds) {
    for (const place of [1, 2, 3]) {
      native.armPanic(place);
      await fail(`${world.kind} panic ${place}`, () => publish(world));
      await fail(`${world.kind} panic ${place}`, () =>
        api.refreshAccessToken(world.refreshToken, { ...world.app.keys, ...world.options }),
      );
      native.armPanic(0);
    }
  }
}

async function main() {
  const [job] = await once(process, 'message');
  const worlds = worldsOf(job);
  await (job.panics ? panicAll(worlds) : provokeAll(worlds));
  const planted = job.planted ? Object.values(job.secrets)[0] : undefined;
  const last = await fail('last', () => publish({ ...worlds[0], token: `${worlds[0].token}\n` }));
  if (planted) {
    see('planted', Object.defineProperty(new Error('x'), 'hidden', { value: Buffer.from(planted).toString('base64') }));
    process.stderr.write(`${encodeURIComponent(planted)}\n`);
    last.note = planted;
  }
  const diagnosis = process.report;
  seen.push({ what: 'process', surface: 'report', text: JSON.stringify(diagnosis.getReport(last)) });
  diagnosis.writeReport(report, last);
  await new Promise((resolve) => process.send?.({ seen, codes: [...codes] }, resolve));
  process.disconnect();
  // Node writes another report, and tells of the error itself.
  throw last;
}

main();
