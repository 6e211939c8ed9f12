'use strict';

const { once } = require('node:events');
const { STATUS_CODES } = require('node:http');
const { constants } = require('node:http2');

/** What can be done to the connection that a request came by, over HTTP/1.1 and HTTP/2, encrypted or not. */
class Wire {
  #request;
  #door;

  /**
   * @param {any} request Fastify's
   * @param {import('fastify').FastifyReply} reply
   * @param {import('../listen/door.js').Door} door
   */
  constructor(request, reply, door) {
    this.#request = request;
    this.#door = door;
    this.reply = reply;
  }

  get #stream() {
    return this.#request.raw.stream;
  }

  /** Ends it with RST. */
  reset() {
    this.#door.reset(this.#request.connectionId);
  }

  /** Ends it with FIN; over HTTP/1.1 with TLS in due form, over HTTP/2 without a word. */
  cut() {
    if (this.#stream) this.#door.cut(this.#request.connectionId);
    else this.#request.raw.socket.destroySoon();
  }

  /** Lets it end after this answer, and new ones meet a shut door. @param {import('./rules.js').Fault} fault */
  hangUp({ kind, shut, connections, forMs, next }) {
    // `goAway` says it in words of its own, and then ends the connection itself.
    const isSaid = kind === 'goAway' && this.#stream;
    if (!this.#stream) this.reply.header('connection', 'close');
    else if (!isSaid) this.#stream.session.goaway(constants.NGHTTP2_NO_ERROR, this.#stream.id);
    this.#door.hangUp(isSaid ? this.#request.connectionId : undefined);
    if (shut) this.#door.shut(shut, { connections, forMs, next });
  }

  /** Says that this stream was not processed (RFC 9113 §8.7). */
  refuse() {
    if (!this.#stream) return this.reset();
    this.#stream.close(constants.NGHTTP2_REFUSED_STREAM);
  }

  /**
   * Ends an HTTP/2 connection by GOAWAY; what it names as the last stream that was processed is this one or the one
   * before it.
   * @param {{ isProcessed: boolean }} about
   */
  goAway({ isProcessed }) {
    if (!this.#stream) return this.reset();
    const last = isProcessed ? this.#stream.id : this.#stream.id - 2;
    // Node takes no 0 here: before the first stream there is none to name.
    if (last < 1) return this.refuse();
    const { session } = this.#stream;
    session.goaway(constants.NGHTTP2_NO_ERROR, last);
    return new Promise((resolve) => session.ping(() => resolve(this.cut())));
  }

  /** Sends the first line of an answer; over HTTP/2, where there is none, the frame of its headers. */
  async sendStatusLine() {
    if (this.#stream) return this.sendPart('');
    const line = `HTTP/1.1 ${this.reply.statusCode} ${STATUS_CODES[this.reply.statusCode]}\r\n`;
    await new Promise((resolve) => this.#request.raw.socket.write(line, resolve));
  }

  /** Sends the head of an answer of 4,096 bytes, and a part of them. @param {string} body */
  async sendPart(body) {
    const { raw } = this.reply;
    raw.writeHead(this.reply.statusCode, { 'content-type': 'application/json', 'content-length': '4096' });
    if (body) raw.write(body);
    else raw.flushHeaders();
    // After what was written.
    if (this.#stream) await new Promise((resolve) => this.#stream.session.ping(resolve));
    else await new Promise((resolve) => this.#request.raw.socket.write('', resolve));
  }

  /** Reads what a handler would have read. */
  async drain() {
    const { raw } = this.#request;
    if (raw.readableEnded || raw.destroyed) return;
    raw.resume();
    await new Promise((resolve) => raw.once('close', resolve).once('end', resolve));
  }

  /** Waits until the client is gone. */
  async closed() {
    if (!this.reply.raw.destroyed) await once(this.reply.raw, 'close');
  }
}

module.exports = { Wire };
