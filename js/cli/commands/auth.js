'use strict';

const { resolve } = require('node:path');
const { createInterface } = require('node:readline');
const { api } = require('../api.js');
const { numberOf } = require('../args.js');
const { listenForCode } = require('../callback.js');
const { CredentialFile, usualFile } = require('../credential-file.js');
const { CliError, EXIT, unauthorized, usage } = require('../failure.js');

const PORT = 8734;
/** How long a person may take on X's page. */
const PERSON_MS = 600_000;

/** @typedef {import('../context.js').Context} Context */
/** @typedef {import('../credential-file.js').Credentials} Credentials */

/** @type {import('../context.js').Command} */
const command = {
  summary: 'Authorize an account, and keep its credentials in a file.',
  usage: ['[--port N]', '--oauth1'],
  positional: { most: 0, takes: 'no arguments' },
  options: {
    oauth1: { type: 'boolean', help: 'by OAuth 1.0a, with a PIN that X shows' },
    port: { type: 'string', value: 'N', help: `where to wait for the browser; ${PORT} unless given` },
    replace: { type: 'boolean', help: 'write over the credentials of another account' },
  },
  about: [
    'It needs the app’s X_CLIENT_ID in the environment (and X_CLIENT_SECRET, if it has one), with --oauth1 its ' +
      `X_API_KEY and X_API_SECRET. The app’s callback URLs have to name http://127.0.0.1:${PORT}/callback.`,
    'The file is ~/.config/twitter-native/credentials.json (XDG_CONFIG_HOME, on Windows APPDATA) or the one that ' +
      '--credentials names. This user alone may read it. Tokens in it are refreshed by the other commands.',
  ],
  async run(context) {
    const { args, output } = context;
    const file = new CredentialFile(resolve(args.texts.credentials ?? usualFile()));
    const before = file.read()?.credentials ?? {};
    await file.prepare();
    const app = { ...before.app, ...api().appFromEnvironment() };
    const granted = await (args.flags.oauth1 ? byPin : byBrowser)(context, app);
    checkAccount(file, before, granted, args.flags.replace === true);
    await file.change((now) => merged(now, granted));
    const name = granted.user?.username ? `@${granted.user.username}` : 'The account';
    if (process.platform === 'win32') output.note('On Windows the file is as private as the folder that it lies in.');
    const data = { file: file.path, user: granted.user, ...(granted.oauth2 ? { scope: granted.oauth2.scope } : {}) };
    output.result(data, [`${name} is authorized. Its credentials are in ${file.path}`]);
  },
};

/** OAuth 2.0 with PKCE. @param {Context} context @param {NonNullable<Credentials['app']>} app @returns {Promise<Credentials>} */
async function byBrowser({ args, output, signal, call, timeoutMs }, { clientId, clientSecret }) {
  if (!clientId) {
    throw unauthorized('Set X_CLIENT_ID, and X_CLIENT_SECRET if the app has one: X’s developer console shows them.');
  }
  const { exchangeCodeForToken, initiateUserAuth } = api();
  const config = { clientId, ...(clientSecret ? { clientSecret } : {}) };
  const server = await listenForCode(numberOf(args, 'port', { least: 0, most: 65_535 }) ?? PORT);
  try {
    const { redirectUri } = server;
    const { authUrl, state, codeVerifier } = initiateUserAuth(redirectUri, null, config);
    output.ask(`The app’s callback URLs have to name ${redirectUri}\nOpen this page and allow access:\n\n${authUrl}\n`);
    const code = await server.code({ state, signal, timeoutMs: timeoutMs ?? PERSON_MS });
    const tokens = await exchangeCodeForToken(code, redirectUri, codeVerifier, { ...config, ...call });
    const user = await api()
      .getUserProfile(tokens.access_token, call)
      .catch(() => undefined);
    return {
      app: config,
      ...(user ? { user: { id: user.id, username: user.username } } : {}),
      oauth2: {
        accessToken: tokens.access_token,
        ...(tokens.refresh_token ? { refreshToken: tokens.refresh_token } : {}),
        expiresAt: tokens.retrieved_at + tokens.expires_in * 1000,
        obtainedAt: tokens.retrieved_at,
        scope: tokens.scope,
      },
    };
  } finally {
    server.close();
  }
}

/** OAuth 1.0a with a PIN. @param {Context} context @param {NonNullable<Credentials['app']>} app @returns {Promise<Credentials>} */
async function byPin({ output, signal, call }, { apiKey, apiSecret }) {
  if (!apiKey || !apiSecret) throw unauthorized('Set X_API_KEY and X_API_SECRET: X’s developer console shows them.');
  const { exchangeOAuth1Verifier, oauth1AuthorizeUrl, requestOAuth1Token } = api();
  const config = { apiKey, apiSecret };
  const { token, tokenSecret } = await requestOAuth1Token('oob', { ...config, ...call });
  output.ask(`Open this page, allow access, and type the PIN that it shows:\n\n${oauth1AuthorizeUrl(token)}\n\nPIN: `);
  const pin = await readPin(signal);
  const granted = await exchangeOAuth1Verifier(token, tokenSecret, pin, { ...config, ...call });
  const { accessToken, accessTokenSecret, userId: id, screenName: username } = granted;
  return {
    app: config,
    user: { ...(id ? { id } : {}), ...(username ? { username } : {}) },
    oauth1: { accessToken, accessTokenSecret },
  };
}

/**
 * A line of stdin. The terminal stays as it is, so that Ctrl-C reaches this program.
 * @param {AbortSignal} signal
 */
async function readPin(signal) {
  const lines = createInterface({ input: process.stdin, terminal: false, signal });
  const stopped = new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    const { value } = await /** @type {Promise<IteratorResult<string>>} */ (
      Promise.race([lines[Symbol.asyncIterator]().next(), stopped])
    );
    const pin = (value ?? '').trim();
    if (!/^\d{4,12}$/.test(pin))
      throw usage('No PIN was typed: it is a number of about 7 digits. Run twitter-native auth --oauth1 again.');
    return pin;
  } finally {
    lines.close();
    process.stdin.destroy();
  }
}

/**
 * Another account's credentials are not written over by mistake.
 * @param {CredentialFile} file @param {Credentials} before @param {Credentials} granted @param {boolean} isMeant
 */
function checkAccount({ path }, before, granted, isMeant) {
  const [old, now] = [before.user, granted.user];
  if (isMeant || old?.id === undefined || now?.id === undefined || old.id === now.id) return;
  const [theirs, ours] = [old, now].map(({ id, username }) => (username ? `@${username}` : id));
  throw new CliError(
    'OTHER_ACCOUNT',
    `${path} has the credentials of ${theirs}, and ${ours} was authorized. Name another file with --credentials, or add --replace.`,
    EXIT.invalid,
  );
}

/** @param {Credentials} before @param {Credentials} granted @returns {Credentials} */
function merged(before, granted) {
  const isOther = before.user?.id !== undefined && granted.user?.id !== undefined && before.user.id !== granted.user.id;
  if (isOther) return granted;
  const user = granted.user ?? (granted.oauth2 ? undefined : before.user);
  return { ...before, ...granted, app: { ...before.app, ...granted.app }, ...(user ? { user } : {}) };
}

module.exports = command;
