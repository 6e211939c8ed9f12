'use strict';

const { once } = require('node:events');
const net = require('node:net');
const tls = require('node:tls');
const { checkName } = require('../known.js');
const { SHUTS, checkUntil } = require('./shuts.js');

/**
 * How connections fail while the door is shut:
 * `refused` as if nobody listened, `blackhole` are never answered, `resetHandshake` break off at the first bytes,
 * `badCertificate` show one of an unknown root.
 * @typedef {'refused' | 'blackhole' | 'resetHandshake' | 'badCertificate'} Shut
 *
 * How many connections fail, or, for `refused`, which nobody can count, how long; and how those fail that come then.
 * @typedef {{ connections?: number, forMs?: number, next?: { shut: Shut, connections?: number, forMs?: number } }} Until
 */

/**
 * The listener in front of the HTTP server: it hands connections on, or makes them fail as a network would, and can
 * break one at the level of TCP, whatever speaks above it.
 */
class Door {
  #sockets = /** @type {Map<number, { socket: net.Socket, requests: number, isOver: boolean }>} */ (new Map());
  #listener;
  #server;
  #stranger;
  #address = { port: 0, host: '' };
  #shut = /** @type {null | { kind: Shut, left: number, next?: Until & { shut: Shut } }} */ (null);
  #connections = 0;
  #failures = 0;

  /**
   * @param {net.Server} server takes the connections that come through
   * @param {import('./certificates.js').Identity} [stranger] a certificate that clients don't trust
   */
  constructor(server, stranger) {
    this.#server = server;
    this.#listener = net.createServer({ noDelay: true }, (socket) => this.#enter(socket));
    this.#stranger = stranger && tls.createServer(stranger).on('tlsClientError', () => {});
  }

  /** @param {number} port @param {string} host */
  async listen(port, host) {
    this.#listener.listen(port, host);
    await once(this.#listener, 'listening');
    this.#address = { port: /** @type {net.AddressInfo} */ (this.#listener.address()).port, host };
    return this.#address.port;
  }

  /** Connections that were tried since the start, those that failed included, but for refused ones. */
  get connections() {
    return this.#connections;
  }

  /** Those of them that met a shut door. */
  get failures() {
    return this.#failures;
  }

  /** Connections that are open. */
  get open() {
    return this.#sockets.size;
  }

  /**
   * Lets the next connections fail. Those that are open stay.
   * @param {Shut} kind
   * @param {Until} [until] without it until `unlock`
   */
  shut(kind, until = {}) {
    checkName('way to shut the door', kind, SHUTS);
    checkUntil(until);
    const { connections = Number.POSITIVE_INFINITY, forMs, next } = until;
    const shut = { kind, left: connections, next };
    this.#shut = shut;
    if (kind !== 'refused') return;
    this.#listener.close();
    if (forMs !== undefined) setTimeout(() => this.#shut === shut && this.#next(shut), forMs).unref();
  }

  /** What comes after the connections that were to fail. @param {{ next?: Until & { shut: Shut } }} shut */
  async #next({ next }) {
    await this.unlock();
    if (!next) return;
    const { shut, ...until } = next;
    this.shut(shut, until);
  }

  /** Lets connections through again. */
  async unlock() {
    const wasRefusing = this.#shut?.kind === 'refused';
    this.#shut = null;
    if (!wasRefusing || this.#listener.listening) return;
    this.#listener.listen(this.#address.port, this.#address.host);
    await once(this.#listener, 'listening');
  }

  /** Ends the connections that no request is under way on, and the others after their last one. @param {number} [except] */
  hangUp(except) {
    for (const [id, entry] of this.#sockets) {
      if (id === except) continue;
      entry.isOver = true;
      if (entry.requests === 0) entry.socket.destroy();
    }
  }

  /** Ends all connections, whatever is under way on them. */
  drop() {
    for (const { socket } of this.#sockets.values()) socket.destroy();
  }

  /** A request has begun on a connection. @param {number} id the client's port */
  began(id) {
    const entry = this.#sockets.get(id);
    if (entry) entry.requests += 1;
  }

  /** It has ended. @param {number} id */
  ended(id) {
    const entry = this.#sockets.get(id);
    if (!entry) return;
    entry.requests -= 1;
    if (entry.isOver && entry.requests === 0) entry.socket.end();
  }

  /** Breaks a connection with RST. @param {number} id */
  reset(id) {
    this.#sockets.get(id)?.socket.resetAndDestroy();
  }

  /** Ends a connection with FIN, whatever was to come. @param {number} id */
  cut(id) {
    const socket = this.#sockets.get(id)?.socket;
    socket?.end();
    socket?.destroySoon();
  }

  async close() {
    this.#shut = null;
    this.drop();
    if (!this.#listener.listening) return;
    this.#listener.close();
    await once(this.#listener, 'close');
  }

  /** @param {net.Socket} socket */
  #enter(socket) {
    this.#connections += 1;
    const id = Number(socket.remotePort);
    this.#sockets.set(id, { socket, requests: 0, isOver: false });
    socket.on('error', () => {}).once('close', () => this.#sockets.delete(id));
    const shut = this.#shut;
    if (!shut) {
      this.#server.emit('connection', socket);
      return;
    }
    this.#failures += 1;
    shut.left -= 1;
    if (shut.left <= 0) this.#next(shut);
    if (shut.kind === 'badCertificate') this.#stranger?.emit('connection', socket);
    else if (shut.kind !== 'blackhole') socket.once('data', () => socket.resetAndDestroy());
  }
}

module.exports = { Door };
