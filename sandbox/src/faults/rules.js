'use strict';

const { ENDPOINTS } = require('../endpoints.js');
const { UnknownName, checkMembers, checkName, checkNumber } = require('../known.js');
const { SHUTS, checkUntil } = require('../listen/shuts.js');
const { disperse } = require('./gathering.js');

/**
 * A fault: what goes wrong instead of, before, or after the work.
 *
 * Before the request is read: `delay` (only late), `gather` (late until others have come), `resetBeforeRead`, and on HTTP/2 `refuseStream` and `goAway` (over
 * HTTP/1.1 they are resets). Instead of the work, but with the request read: `status`, `html`, `hang`,
 * `resetAfterRead`, `closeAfterRead`. After the work is done: `commitThenReset`, `commitThenClose`, `commitThenHang`,
 * `commitThenGoAway`, `commitThenStatus`, and with a part of the answer sent `statusLine`, `headThenReset`, `truncate`
 * (ends with a reset), `truncateThenClose`; whole but wrong `garbage`, slow `drip`. `hangUp` answers well and ends all
 * connections. After any of them the door can be shut for new ones.
 * @typedef {object} Fault
 * @property {'delay' | 'gather' | 'resetBeforeRead' | 'refuseStream' | 'goAway' | 'status' | 'html' | 'hang' | 'resetAfterRead'
 *   | 'closeAfterRead' | 'commitThenReset' | 'commitThenClose' | 'commitThenHang' | 'commitThenGoAway'
 *   | 'commitThenStatus' | 'statusLine' | 'headThenReset' | 'truncate' | 'truncateThenClose' | 'garbage' | 'drip'
 *   | 'hangUp'} kind
 * @property {number} [status]
 * @property {unknown} [body]
 * @property {Record<string, string>} [headers]
 * @property {number} [ms] for `delay`, `gather` and `drip`
 * @property {number} [count] for `gather`: so many wait for each other; without it, until the rule is taken away
 * @property {import('../listen/door.js').Shut} [shut] all connections end after this one, and new ones fail like this
 * @property {number} [connections] for so many of them
 * @property {number} [forMs] or, where they are refused, so long
 * @property {{ shut: import('../listen/door.js').Shut, connections?: number, forMs?: number }} [next] and those after them like this
 * @property {boolean} [twice] for a new post of which the answer is lost: X commits it two times
 */

/** The kinds, with the members that each may have; those with `!` it must have. */
const KINDS = /** @type {Record<string, string[]>} */ ({
  delay: ['ms!'],
  gather: ['count', 'ms'],
  resetBeforeRead: [],
  refuseStream: [],
  goAway: [],
  status: ['status!', 'body', 'headers'],
  html: ['status'],
  hang: [],
  resetAfterRead: [],
  closeAfterRead: [],
  commitThenReset: ['twice'],
  commitThenClose: ['twice'],
  commitThenHang: ['twice'],
  commitThenGoAway: ['twice'],
  commitThenStatus: ['status!', 'body', 'headers', 'twice'],
  statusLine: ['twice'],
  headThenReset: ['twice'],
  truncate: ['twice'],
  truncateThenClose: ['twice'],
  garbage: ['twice'],
  drip: ['ms'],
  hangUp: [],
});
const RULE = ['endpoint', 'fault', 'attempt', 'times'];
const DOOR = ['shut', 'connections', 'forMs', 'next'];

/** Refuses a rule that could never be played, or not as it says. @param {any} rule */
function checkRule(rule) {
  checkMembers('A rule for faults', rule, RULE);
  const { endpoint, fault, attempt, times } = rule;
  if (endpoint !== '*') checkName('endpoint', endpoint, ['*', ...ENDPOINTS]);
  checkName('kind of fault', fault?.kind, Object.keys(KINDS));
  const members = KINDS[fault.kind].map((name) => name.replace('!', ''));
  checkMembers(`The fault ${fault.kind}`, fault, ['kind', ...members, ...DOOR]);
  for (const name of KINDS[fault.kind].filter((member) => member.endsWith('!')).map((member) => member.slice(0, -1))) {
    if (fault[name] === undefined) throw new UnknownName(`The fault ${fault.kind} needs the member "${name}"`);
  }
  for (const name of ['status', 'ms'])
    if (fault[name] !== undefined) checkNumber(`The fault's ${name}`, fault[name], 0);
  if (fault.count !== undefined) checkNumber("The fault's count", fault.count, 1);
  for (const [name, value] of Object.entries({ attempt, times })) {
    if (value !== undefined) checkNumber(`The rule's ${name}`, value, 1);
  }
  if (fault.twice && endpoint !== 'createTweet') throw new UnknownName('Only a fault of createTweet can have "twice"');
  if (fault.shut === undefined) return;
  checkName('way to shut the door', fault.shut, SHUTS);
  const { connections, forMs, next } = fault;
  checkUntil({ connections, forMs, next });
}

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
    checkRule(rule);
    // A copy, so that a rule of the same fault has waiting requests of its own.
    const entry = { ...rule, fault: { ...rule.fault }, seen: 0, hits: 0 };
    this.#rules.push(entry);
    return {
      get hits() {
        return entry.hits;
      },
      remove: () => {
        this.#rules = this.#rules.filter((other) => other !== entry);
        disperse(entry.fault);
      },
    };
  }

  clear() {
    for (const { fault } of this.#rules) disperse(fault);
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

module.exports = { Faults };
