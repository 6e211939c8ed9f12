'use strict';

const https = require('node:https');
const tls = require('node:tls');
const { Agent, buildConnector, getGlobalDispatcher, setGlobalDispatcher } = require('undici');

/** @typedef {import('../../../index.js').Sandbox} Sandbox */

// The clients keep X's own addresses, and what they sign. Only the connection leads to the sandbox, over TLS with a
// certificate below its own root, as a name server of the tests' own would have it.

/**
 * An agent for the clients that take one: twitter-api-v2 (`httpAgent`) and twitter-api-sdk (`agent`).
 * @param {Sandbox} sandbox
 */
function agentFor(sandbox) {
  const agent = new https.Agent();
  const { hostname: host, port } = new URL(sandbox.url);
  const ca = sandbox.caCertificate;
  agent.createConnection = () => tls.connect({ host, port: Number(port), ca, servername: 'localhost' });
  return agent;
}

/**
 * Leads Node's own `fetch` to the sandbox, for the one that takes none: X's SDK. Gives what undoes it.
 * @param {Sandbox} sandbox
 */
function leadFetchTo(sandbox) {
  const { hostname, port } = new URL(sandbox.url);
  const connect = buildConnector({ ca: sandbox.caCertificate, allowH2: false });
  const before = getGlobalDispatcher();
  const dispatcher = new Agent({
    connect: (options, callback) =>
      connect({ ...options, host: hostname, hostname, port, servername: 'localhost' }, callback),
  });
  setGlobalDispatcher(dispatcher);
  return async () => {
    setGlobalDispatcher(before);
    await dispatcher.close();
  };
}

/**
 * Opens one of X's pages as a person's browser does, and says yes; gives the address that it leads back to, or what
 * it shows.
 * @param {Sandbox} sandbox @param {string} page @returns {Promise<{ location: URL | null, text: string }>}
 */
function open(sandbox, page) {
  return new Promise((resolve, reject) => {
    const request = https.get(page, { agent: agentFor(sandbox) }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () => {
        const { location } = answer.headers;
        resolve({ location: location === undefined ? null : new URL(location), text });
      });
    });
    request.on('error', reject);
  });
}

module.exports = { agentFor, leadFetchTo, open };
