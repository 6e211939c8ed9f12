'use strict';

/**
 * A fault: what goes wrong instead of, before, or after the work.
 * @typedef {object} Fault
 * @property {'status' | 'delay' | 'resetBeforeRead' | 'resetAfterRead' | 'commitThenReset' | 'commitThenStatus' | 'truncate' | 'garbage' | 'html' | 'drip' | 'hang'} kind
 * @property {number} [status]
 * @property {unknown} [body]
 * @property {Record<string, string>} [headers]
 * @property {number} [ms] for `delay` and `drip`
 */

/**
 * When a fault is played: for which endpoint, at which of its requests, and how often.
 * @typedef {object} Rule
 * @property {string} endpoint the route's name, such as `createTweet`, or `*`
 * @property {Fault} fault
 * @property {number} [attempt] only at this request to the endpoint, counted from 1 since the rule was added
 * @property {number} [times] at most this often; without it, at every request
 */

/** Scripted faults. */
class Faults {
  #rules = /** @type {Array<Rule & { seen: number, hits: number }>} */ ([]);

  /**
   * Adds a rule; what is returned counts its hits and takes it away.
   * @param {Rule} rule
   */
  add(rule) {
    const entry = { ...rule, seen: 0, hits: 0 };
    this.#rules.push(entry);
    return {
      get hits() {
        return entry.hits;
      },
      remove: () => {
        this.#rules = this.#rules.filter((other) => other !== entry);
      },
    };
  }

  clear() {
    this.#rules = [];
  }

  /**
   * The fault for a request, if one is due.
   * @param {string} endpoint
   * @returns {Fault | null}
   */
  next(endpoint) {
    const rules = this.#rules.filter((rule) => rule.endpoint === '*' || rule.endpoint === endpoint);
    // Each rule counts every request, also one that another rule's fault is played at.
    for (const rule of rules) rule.seen += 1;
    const due = rules.find(
      ({ attempt, seen, hits, times = Number.POSITIVE_INFINITY }) =>
        (attempt === undefined || attempt === seen) && hits < times,
    );
    if (!due) return null;
    due.hits += 1;
    return due.fault;
  }
}

/** Makes the faults happen. @param {import('fastify').FastifyInstance} fastify */
function playFaults(fastify) {
  fastify.addHook('onRequest', async (request, reply) => {
    const fault = /** @type {any} */ (request).fault;
    if (fault?.kind === 'resetBeforeRead') {
      reset(request);
      // A small body has come with the head: without this it would be worked on.
      return reply.hijack();
    }
    if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
  });
  fastify.addHook('preHandler', async (request, reply) => {
    const fault = /** @type {any} */ (request).fault;
    if (!fault) return;
    if (['status', 'html', 'resetAfterRead', 'hang'].includes(fault.kind)) await drain(request);
    if (fault.kind === 'resetAfterRead') reset(request);
    if (fault.kind === 'hang' || fault.kind === 'resetAfterRead') {
      await new Promise((resolve) => request.raw.socket.once('close', resolve));
      return reply.hijack();
    }
    if (fault.kind === 'status') {
      return reply
        .code(fault.status)
        .headers(fault.headers ?? {})
        .send(fault.body ?? '');
    }
    if (fault.kind === 'html') {
      return reply
        .code(fault.status ?? 200)
        .type('text/html')
        .send('<html><body>Something went wrong</body></html>');
    }
  });
  fastify.addHook('onSend', async (request, reply, payload) => {
    const fault = /** @type {any} */ (request).fault;
    switch (fault?.kind) {
      case 'commitThenReset':
        reset(request);
        // No answer is sent; the ledger has none either.
        return new Promise(() => {});
      case 'commitThenStatus':
        reply.code(fault.status).headers(fault.headers ?? {});
        return fault.body === undefined ? '' : JSON.stringify(fault.body);
      case 'garbage':
        return '{"data":{"id":';
      case 'truncate':
        reply.raw.writeHead(reply.statusCode, { 'content-type': 'application/json', 'content-length': '4096' });
        reply.raw.write('{"data":{"id":"1');
        reply.hijack();
        setImmediate(() => reset(request));
        return payload;
      case 'drip':
        return drip(String(payload ?? ''), fault.ms ?? 50);
      default:
        return payload;
    }
  });
}

/** @param {import('fastify').FastifyRequest} request */
function reset(request) {
  request.raw.socket.resetAndDestroy();
}

/** Reads what a handler would have read. @param {import('fastify').FastifyRequest} request */
async function drain(request) {
  if (request.raw.readableEnded || request.raw.destroyed) return;
  request.raw.resume();
  await new Promise((resolve) => request.raw.once('close', resolve).once('end', resolve));
}

/** @param {string} text @param {number} ms */
function drip(text, ms) {
  const { Readable } = require('node:stream');
  return Readable.from(
    (async function* () {
      for (const letter of text) {
        yield letter;
        await new Promise((resolve) => setTimeout(resolve, ms));
      }
    })(),
  );
}

module.exports = { Faults, playFaults };
