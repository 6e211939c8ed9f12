'use strict';

/**
 * A fault that the matrix plays.
 * @typedef {object} MatrixFault
 * @property {string} id
 * @property {'connection' | 'transport' | 'answer'} group
 * @property {boolean} isUnsent the request surely was not processed, and a client can know
 * @property {boolean} [needsHttp2]
 * @property {string} [host] the name that is connected to instead
 * @property {import('../../sandbox/index.js').Shut} [shut]
 * @property {(world: import('./world.js').World) => import('../../sandbox/index.js').Fault} [play]
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

/** All of them. @type {MatrixFault[]} */
const FAULTS = [
  connection('DNS', { host: 'no-such-host.invalid' }),
  connection('refused', { shut: 'refused' }),
  connection('blackhole', { shut: 'blackhole' }),
  connection('bad certificate', { shut: 'badCertificate' }),
  connection('TLS reset', { shut: 'resetHandshake' }),
  transport('RST before read', 'resetBeforeRead'),
  transport('RST after read', 'resetAfterRead'),
  transport('RST, committed', 'commitThenReset'),
  transport('RST after head', 'headThenReset'),
  transport('RST mid-body', 'truncate'),
  transport('FIN, uncommitted', 'closeAfterRead'),
  transport('FIN, committed', 'commitThenClose'),
  transport('silence, uncommitted', 'hang'),
  transport('silence, committed', 'commitThenHang'),
  transport('status line, FIN', 'statusLine'),
  transport('truncated 2xx', 'truncateThenClose'),
  transport('slow drip', 'drip', { play: () => ({ kind: 'drip', ms: 100 }) }),
  transport('REFUSED_STREAM', 'refuseStream', { ...HTTP2, isUnsent: true }),
  transport('GOAWAY below it', 'goAway', { ...HTTP2, isUnsent: true }),
  transport('GOAWAY at it', 'commitThenGoAway', HTTP2),
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

module.exports = { FAULTS };
