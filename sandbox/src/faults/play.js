'use strict';

const { Readable } = require('node:stream');
const { setTimeout: wait } = require('node:timers/promises');
const { gathered } = require('./gathering.js');
const { Wire } = require('./wire.js');

/** @typedef {import('./rules.js').Fault} Fault */

/** Before the request is read. @type {Record<string, (wire: Wire, fault: Fault) => unknown>} */
const BEFORE = {
  delay: (_wire, fault) => wait(fault.ms),
  gather: (_wire, fault) => gathered(fault).then(() => wait(fault.ms ?? 0)),
  resetBeforeRead: (wire) => wire.reset(),
  refuseStream: (wire) => wire.refuse(),
  goAway: (wire) => wire.goAway({ isProcessed: false }),
};

/** Those after which the work is done as ever. */
const LATE = ['delay', 'gather'];

/** Instead of the work. @type {Record<string, (wire: Wire, fault: Fault) => unknown>} */
const INSTEAD = {
  status: ({ reply }, fault) =>
    reply
      .code(Number(fault.status))
      .headers(fault.headers ?? {})
      .send(fault.body ?? ''),
  html: ({ reply }, fault) =>
    reply
      .code(fault.status ?? 200)
      .type('text/html')
      .send('<html><body>Something went wrong</body></html>'),
  hang: () => {},
  resetAfterRead: (wire) => wire.reset(),
  closeAfterRead: (wire) => wire.cut(),
};

const PART = '{"data":{"id":"1';

/** After the work, and instead of its answer. @type {Record<string, (wire: Wire, fault: Fault) => unknown>} */
const AFTER = {
  commitThenReset: (wire) => wire.reset(),
  commitThenClose: (wire) => wire.cut(),
  commitThenHang: () => {},
  commitThenGoAway: (wire) => wire.goAway({ isProcessed: true }),
  statusLine: (wire) => wire.sendStatusLine().then(() => wire.cut()),
  headThenReset: (wire) => wire.sendPart('').then(() => wire.reset()),
  truncate: (wire) => wire.sendPart(PART).then(() => wire.reset()),
  truncateThenClose: (wire) => wire.sendPart(PART).then(() => wire.cut()),
};

/** Another answer than the one that was to be sent. @type {Record<string, (payload: unknown, fault: Fault, wire: Wire) => unknown>} */
const CHANGED = {
  commitThenStatus: (_payload, fault, { reply }) => {
    reply.code(Number(fault.status)).headers(fault.headers ?? {});
    return fault.body === undefined ? '' : JSON.stringify(fault.body);
  },
  garbage: () => '{"data":{"id":',
  drip: (payload, fault) => drip(String(payload ?? ''), fault.ms ?? 50),
  hangUp: (payload) => payload,
};

/** Makes the faults happen. @param {import('fastify').FastifyInstance} fastify @param {import('../listen/door.js').Door} door */
function playFaults(fastify, door) {
  const at = (/** @type {any} */ request, /** @type {any} */ reply) => new Wire(request, reply, door);
  fastify.addHook('onRequest', async (/** @type {any} */ request, reply) => {
    const { fault } = request;
    if (fault?.shut || fault?.kind === 'hangUp') at(request, reply).hangUp(fault);
    if (!fault || !Object.hasOwn(BEFORE, fault.kind)) return;
    await BEFORE[fault.kind](at(request, reply), fault);
    // A small body has come with the head: without this it would be worked on.
    if (!LATE.includes(fault.kind)) return reply.hijack();
  });
  fastify.addHook('preHandler', async (/** @type {any} */ request, reply) => {
    const { fault } = request;
    if (!fault || !Object.hasOwn(INSTEAD, fault.kind)) return;
    const wire = at(request, reply);
    await wire.drain();
    await INSTEAD[fault.kind](wire, fault);
    if (reply.sent) return reply;
    await wire.closed();
    return reply.hijack();
  });
  /** Those whose answer was changed: where it breaks off, Fastify sends one about that. */
  const changed = new WeakSet();
  fastify.addHook('onSend', async (/** @type {any} */ request, reply, payload) => {
    const { fault } = request;
    if (!fault || changed.has(request)) return payload;
    changed.add(request);
    if (Object.hasOwn(CHANGED, fault.kind)) return CHANGED[fault.kind](payload, fault, at(request, reply));
    if (!Object.hasOwn(AFTER, fault.kind)) return payload;
    await AFTER[fault.kind](at(request, reply), fault);
    // Nothing more is sent.
    return new Promise(() => {});
  });
}

/** @param {string} text @param {number} ms */
function drip(text, ms) {
  return Readable.from(
    (async function* () {
      for (const letter of text) {
        yield letter;
        await wait(ms);
      }
    })(),
  );
}

module.exports = { playFaults };
