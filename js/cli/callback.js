'use strict';

const { timingSafeEqual } = require('node:crypto');
const { once } = require('node:events');
const { createServer } = require('node:http');
const { CliError, EXIT, unauthorized, usage } = require('./failure.js');

const PATH = '/callback';
/** An address that only this machine reaches; X wants it in digits. */
const HOST = '127.0.0.1';

/**
 * Waits on the loopback for the browser that X sends back.
 * @param {number} port
 */
async function listenForCode(port) {
  const server = createServer();
  server.listen(port, HOST);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    throw usage(
      code === 'EADDRINUSE'
        ? `Port ${port} is taken. Give another with --port, which the app's callback URLs have to name as well.`
        : `Port ${port} can't be used (${code}). Give one from 1024 with --port.`,
    );
  }
  const { port: taken } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    redirectUri: `http://${HOST}:${taken}${PATH}`,
    /** @param {{ state: string, signal: AbortSignal, timeoutMs: number }} expected */
    code: (expected) => receive(server, `${HOST}:${taken}`, expected),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * The code that comes with the right state. Whoever else knocks is sent away.
 * @param {import('node:http').Server} server @param {string} host
 * @param {{ state: string, signal: AbortSignal, timeoutMs: number }} expected
 * @returns {Promise<string>}
 */
function receive(server, host, { state, signal, timeoutMs }) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new CliError('TIMEOUT', 'Nobody came back from X in time. Run twitter-native auth again.', EXIT.later));
    }, timeoutMs);
    const end = (/** @type {() => void} */ settle) => {
      clearTimeout(late);
      settle();
    };
    signal.addEventListener('abort', () => end(() => reject(signal.reason)), { once: true });
    if (signal.aborted) end(() => reject(signal.reason));
    server.on('request', (request, response) => {
      const asked = `http://${host}${request.url}`;
      const url = new URL(URL.canParse(asked) ? asked : `http://${host}/`);
      const query = url.searchParams;
      // A page elsewhere may send browsers here under another name.
      const isOurs = request.method === 'GET' && request.headers.host === host && url.pathname === PATH;
      if (!isOurs) return answer(response, 404, 'Nothing is here.');
      if (!isSame(query.get('state') ?? '', state)) {
        return answer(response, 400, 'This is not the way back from the page that twitter-native printed.');
      }
      const code = query.get('code');
      if (code) {
        answer(response, 200, 'twitter-native has its authorization. You can close this window.');
        return end(() => resolve(code));
      }
      answer(response, 200, 'Access was not granted. You can close this window.');
      return end(() =>
        reject(unauthorized('Access was not granted on X’s page. Run twitter-native auth again to try once more.')),
      );
    });
  });
}

/** @param {string} given @param {string} expected */
function isSame(given, expected) {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {string} sentence */
function answer(response, status, sentence) {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end(`<!doctype html><title>twitter-native</title><p>${sentence}</p>\n`);
}

module.exports = { listenForCode };
