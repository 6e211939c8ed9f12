'use strict';

/** What a store that fails says. */
const STORE_FAILURE = 'the database is away';

/**
 * A fault that the matrix plays.
 * @typedef {object} MatrixFault
 * @property {string} id
 * @property {'connection' | 'transport' | 'answer' | 'process'} group
 * @property {boolean} isUnsent the request surely was not processed, and a client can know
 * @property {boolean} [isSilent] only a time-out ends it
 * @property {boolean} [needsHttp2]
 * @property {string} [host] the name that is connected to instead
 * @property {import('../../sandbox/index.js').Shut} [shut]
 * @property {(world: import('./world.js').World) => import('../../sandbox/index.js').Fault} [play]
 * @property {(interference: Interference) => void} [interfere] goes wrong in our own process
 * @property {boolean} [needsDefects] it takes the build that has defects on purpose
 * @property {string[]} [only] the operations that it can happen to
 *
 * What a fault of our own process can get at.
 * @typedef {object} Interference
 * @property {import('./world.js').World} world
 * @property {import('./operations.js').Operation} operation
 * @property {AbortController} abort ends the call
 * @property {{ keep(checkpoint: string): void | Promise<void> }} store
 */

/** @param {string} title @param {number} status @param {string} [detail] */
const problem = (title, status, detail = title) => ({ title, detail, type: 'about:blank', status });

/** @param {string} id @param {Partial<MatrixFault>} how @returns {MatrixFault} */
const connection = (id, how) => ({ id, group: 'connection', isUnsent: true, ...how });

/** @param {string} id @param {import('../../sandbox/index.js').Fault['kind']} kind @param {Partial<MatrixFault>} [more] @returns {MatrixFault} */
const transport = (id, kind, more) => ({ id, group: 'transport', isUnsent: false, play: () => ({ kind }), ...more });

/** @param {string} id @param {number} status @param {object | string} body @param {Record<string, string>} [headers] @returns {MatrixFault} */
const answer = (id, status, body, headers) => ({
  id,
  group: 'answer',
  isUnsent: false,
  play: () => ({ kind: 'status', status, body, headers }),
});

const HTTP2 = { needsHttp2: true };
const SILENT = { isSilent: true };
const DEFECTS = { needsDefects: true };

/** All of them. @type {MatrixFault[]} */
const FAULTS = [
  connection('DNS', { host: 'no-such-host.invalid' }),
  connection('refused', { shut: 'refused' }),
  connection('blackhole', { shut: 'blackhole', ...SILENT }),
  connection('bad certificate', { shut: 'badCertificate' }),
  connection('TLS reset', { shut: 'resetHandshake' }),
  transport('RST before read', 'resetBeforeRead'),
  transport('RST after read', 'resetAfterRead'),
  transport('RST, committed', 'commitThenReset'),
  transport('RST after head', 'headThenReset'),
  transport('RST mid-body', 'truncate'),
  transport('FIN, uncommitted', 'closeAfterRead'),
  transport('FIN, committed', 'commitThenClose'),
  transport('silence, uncommitted', 'hang', SILENT),
  transport('silence, committed', 'commitThenHang', SILENT),
  transport('status line, FIN', 'statusLine'),
  transport('truncated 2xx', 'truncateThenClose'),
  transport('slow drip', 'drip', { play: () => ({ kind: 'drip', ms: 100 }), ...SILENT }),
  transport('REFUSED_STREAM', 'refuseStream', { ...HTTP2, isUnsent: true }),
  transport('GOAWAY below it', 'goAway', { ...HTTP2, isUnsent: true }),
  transport('GOAWAY at it', 'commitThenGoAway', { ...HTTP2, ...SILENT }),
  answer('401', 401, problem('Unauthorized', 401)),
  answer(
    '403 duplicate',
    403,
    problem('Forbidden', 403, 'You are not allowed to create a Tweet with duplicate content.'),
  ),
  answer('403', 403, problem('Forbidden', 403, 'You are not permitted to perform this action.')),
  answer('408', 408, ''),
  answer('425', 425, ''),
  {
    id: '429 with reset',
    group: 'answer',
    isUnsent: false,
    play: ({ api }) => ({
      kind: 'status',
      status: 429,
      body: problem('Too Many Requests', 429),
      headers: {
        'x-rate-limit-limit': '50',
        'x-rate-limit-remaining': '0',
        'x-rate-limit-reset': String(Math.ceil(api.clock.now() / 1000)),
      },
    }),
  },
  answer('429, garbage', 429, 'Slow down!', { 'x-rate-limit-reset': 'soon', 'retry-after': 'later' }),
  answer('500', 500, problem('Internal Server Error', 500)),
  { ...answer('502 HTML', 502, ''), play: () => ({ kind: 'html', status: 502 }) },
  answer('503, uncommitted', 503, problem('Service Unavailable', 503)),
  {
    ...answer('503, committed', 503, ''),
    play: () => ({ kind: 'commitThenStatus', status: 503, body: problem('Service Unavailable', 503) }),
  },
  { ...answer('504, committed', 504, ''), play: () => ({ kind: 'commitThenStatus', status: 504 }) },
  answer('200 with errors', 200, { errors: [problem('Not Found Error', 200, 'Something is missing')] }),
  { ...answer('200, bad JSON', 200, ''), play: () => ({ kind: 'garbage' }) },
  {
    ...answer('302 elsewhere', 302, ''),
    play: ({ elsewhere, at }) => ({ kind: 'status', status: 302, headers: { location: elsewhere.url + at } }),
  },
  {
    ...answer('307 elsewhere', 307, ''),
    play: ({ elsewhere, at }) => ({ kind: 'status', status: 307, headers: { location: elsewhere.url + at } }),
  },
];

const POSTS = ['download', 'one-shot', 'INIT', 'APPEND', 'FINALIZE', 'STATUS', 'alt text', 'tweet', 'reconcile'];

/** @param {string} id @param {MatrixFault['interfere']} interfere @param {Partial<MatrixFault>} [more] @returns {MatrixFault} */
const inProcess = (id, interfere, more) => ({ id, group: 'process', isUnsent: false, interfere, ...more });

/** @param {number} minutes @returns {MatrixFault['interfere']} */
const clockOff =
  (minutes) =>
  ({ world }) =>
    world.api.clock.advance(minutes * 60_000);

/** A store of checkpoints that fails at the n-th. @param {number} n @returns {MatrixFault['interfere']} */
const storeFails =
  (n) =>
  ({ store }) => {
    const { keep } = store;
    let count = 0;
    store.keep = async (checkpoint) => {
      count += 1;
      if (count === n) throw new Error(STORE_FAILURE);
      return keep(checkpoint);
    };
  };

/** What builds with the feature `test-hooks` have. */
const defects = () =>
  /** @type {{ armRequestPanic(userAgent: string, afterAnswer: boolean, template: string): void }} */ (
    /** @type {unknown} */ (require('../../js/native.js'))
  );

/** @param {boolean} afterAnswer @returns {MatrixFault['interfere']} */
const panics =
  (afterAnswer) =>
  ({ world, operation }) =>
    defects().armRequestPanic(world.client.userAgent, afterAnswer, operation.template);

/** What goes wrong in our own process, apart from its sudden end. @type {MatrixFault[]} */
const PROCESS_FAULTS = [
  inProcess('abort', ({ world, operation, abort }) => {
    const { ledger } = world[operation.at];
    const isThere = () => ledger.requests({ endpoint: operation.endpoint }).length > 0;
    ledger.waitFor(isThere).then(() => abort.abort());
  }),
  inProcess('1st checkpoint not kept', storeFails(1), { only: POSTS }),
  inProcess('2nd checkpoint not kept', storeFails(2), { only: POSTS }),
  inProcess('3rd checkpoint not kept', storeFails(3), { only: POSTS }),
  inProcess('4th checkpoint not kept', storeFails(4), { only: POSTS }),
  inProcess('clock 15 min slow', clockOff(15)),
  inProcess('clock 15 min fast', clockOff(-15)),
  inProcess('panic before it is sent', panics(false), {
    ...DEFECTS,
    only: [...POSTS.slice(1), 'metrics', 'refresh', 'code exchange'],
  }),
  inProcess('panic after its answer', panics(true), {
    ...DEFECTS,
    only: [...POSTS.slice(1), 'metrics', 'refresh', 'code exchange'],
  }),
  inProcess(
    'lock lost',
    ({ world }) => {
      // Every process believes that it holds the lock.
      world.rivals = 3;
    },
    { only: ['refresh'] },
  ),
];

/** Whether only a time-out ends an attempt of this cell. @param {{ fault: MatrixFault, then?: MatrixFault }} cell */
const isSilent = ({ fault, then }) => Boolean(fault.isSilent || then?.isSilent);

module.exports = { FAULTS, PROCESS_FAULTS, STORE_FAILURE, isSilent };
