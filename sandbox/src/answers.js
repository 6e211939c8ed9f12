'use strict';

const { OWN_ENDPOINTS } = require('./endpoints.js');

/** Faults whose answer is not X's own. */
const MADE_UP = ['status', 'html'];

/**
 * Shows each answer of X's to a test before it is sent, and before a fault changes it.
 * @param {import('fastify').FastifyInstance} fastify
 * @param {(answer: import('../index.js').Answer) => void} onAnswer
 */
function observeAnswers(fastify, onAnswer) {
  fastify.addHook('onSend', async (/** @type {any} */ request, reply, payload) => {
    const endpoint = request.routeOptions.config?.endpoint ?? 'unknown';
    if (OWN_ENDPOINTS.includes(endpoint) || MADE_UP.includes(request.fault?.kind)) return payload;
    onAnswer({
      endpoint,
      method: request.method,
      url: request.raw.url,
      status: reply.statusCode,
      headers: { ...reply.getHeaders() },
      body: typeof payload === 'string' ? payload : '',
    });
    return payload;
  });
}

module.exports = { MADE_UP, observeAnswers };
