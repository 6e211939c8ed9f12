'use strict';

/** The type of a request's body, without its parameters. @param {import('fastify').FastifyRequest} request */
function mediaTypeOf(request) {
  return String(request.headers['content-type']).split(';')[0].trim().toLowerCase();
}

/** @param {import('fastify').FastifyRequest} request */
const isForm = (request) => mediaTypeOf(request) === 'application/x-www-form-urlencoded';

module.exports = { isForm, mediaTypeOf };
