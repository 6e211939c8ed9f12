'use strict';

const { UnknownName } = require('../known.js');

const MAX_URL = 200;

/** @param {URL} url */
const isLoopback = ({ hostname }) => hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);

/** @param {string} text @returns {URL | undefined} */
const parse = (text) => (URL.canParse(text) ? new URL(text) : undefined);

/** Whether the text names a port, also one that a parsed URL leaves out. @param {string} text */
const namesPort = (text) => /^[a-z]+:\/\/[^/?#]*:\d*(?:[/?#]|$)/i.test(text.replace(/\/\/\[[^\]]*\]/, '//host'));

/**
 * What is wrong with a URL for events, if something is: X delivers to public https addresses without a port. The
 * sandbox also delivers to this machine, by http and to any port, since that is where tests are.
 * @param {string} text
 */
function faultOf(text) {
  const url = parse(text);
  if (!url || text.length > MAX_URL) return 'is not a URL of at most 200 characters';
  if (isLoopback(url) && ['http:', 'https:'].includes(url.protocol)) return undefined;
  if (url.protocol !== 'https:') return 'is not https';
  if (namesPort(text)) return 'has a port';
  if (!url.hostname.includes('.') || /^(10|192\.168|169\.254)\./.test(url.hostname)) return 'is not public';
  return undefined;
}

/** Where public addresses are, for a sandbox that reaches this machine alone. */
class Places {
  /** @type {Map<string, string>} */
  #routes = new Map();

  /**
   * Requests for a public origin go to one on this machine.
   * @param {string} origin such as `https://shop.example` @param {string} target such as `http://127.0.0.1:9000`
   */
  route(origin, target) {
    const [from, to] = [parse(origin), parse(target)];
    if (!from || !to || !isLoopback(to)) {
      throw new UnknownName('A route leads from an origin such as https://shop.example to one on this machine');
    }
    this.#routes.set(from.origin, to.origin);
  }

  clear() {
    this.#routes.clear();
  }

  /** Where a request for a URL goes; undefined if it would leave this machine. @param {string} text @returns {URL | undefined} */
  find(text) {
    const url = new URL(text);
    if (isLoopback(url)) return url;
    const target = this.#routes.get(url.origin);
    return target === undefined ? undefined : new URL(`${url.pathname}${url.search}`, target);
  }
}

module.exports = { Places, faultOf };
