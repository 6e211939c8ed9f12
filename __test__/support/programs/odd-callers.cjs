'use strict';

// Lets one callback throw every odd value in every way, and says how each call ended. Nothing listens for what is
// uncaught or unhandled, so either of them ends this process.
const { publishTweetWithMedia, TokenManager } = require('../../../index.js');

// Several users, since X counts posts for each of them.
const [callback, jpeg, ...tokens] = process.argv.slice(2);
const PICTURE = Buffer.from(jpeg ?? '', 'base64');

const getting = (name, base = {}) =>
  Object.defineProperty(base, name, {
    get() {
      throw new Error(`no ${name} today`);
    },
  });
const trap = () => {
  throw new Error('trapped');
};
const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

const ODD = {
  undefined: () => undefined,
  null: () => null,
  zero: () => 0,
  'an empty text': () => '',
  'a big number': () => 10n,
  'a symbol': () => Symbol('odd'),
  'an object without prototype': () => Object.create(null),
  'an object whose toString throws': () => ({ toString: trap }),
  'an object whose toString gives an object': () => ({ toString: () => ({}), valueOf: () => ({}) }),
  'an object whose then throws': () => getting('then'),
  'a function': () => () => {},
  'an error': () => new Error('plain'),
  'an error whose message throws': () => getting('message', new Error()),
  'an error whose message is a symbol': () => Object.assign(new Error(), { message: Symbol('odd') }),
  'an error whose stack throws': () => getting('stack', new Error()),
  'an error whose cause throws': () => getting('cause', new Error('plain')),
  'an error whose toString throws': () => Object.assign(new Error('plain'), { toString: trap }),
  'a revoked proxy': () => revoked({}),
  'a proxy whose traps throw': () => new Proxy({}, new Proxy({}, { get: () => trap })),
  'an error behind such a proxy': () => new Proxy(new Error('plain'), new Proxy({}, { get: () => trap })),
  'what looks like a failure of this package': () => ({ code: 'NETWORK', retryable: true, message: Symbol('odd') }),
};

const THROWN = {
  thrown: (odd) => {
    throw odd;
  },
};
const ASYNC = {
  rejected: (odd) => Promise.reject(odd),
  'thrown by then': (odd) => ({
    // biome-ignore lint/suspicious/noThenProperty: that is what is odd
    then: () => {
      throw odd;
    },
  }),
  'thrown by the getter of then': (odd) =>
    Object.defineProperty({}, 'then', {
      get() {
        throw odd;
      },
    }),
  'told by then, which returns a rejected promise, too': (odd) => ({
    // biome-ignore lint/suspicious/noThenProperty: that is what is odd
    then: (_, reject) => {
      reject(odd);
      return Promise.reject(odd);
    },
  }),
};
const REJECTED = { ...THROWN, ...ASYNC };

let count = 0;
const token = () => tokens[count % tokens.length];
const publish = (content, options, credentials = token()) => {
  count += 1;
  const text = { value: `${callback} ${count}`, enumerable: true };
  const post = Object.defineProperties({}, { text, ...Object.getOwnPropertyDescriptors(content) });
  return publishTweetWithMedia(post, credentials, null, options);
};
const row = (more) => ({ accessToken: token(), refreshToken: 'r', expiresAt: Date.now() + 3_600_000, ...more });
const managed = (functions) =>
  new TokenManager({
    load: async () => row(),
    store: async () => true,
    ...functions,
  });
const expired = { load: async () => row({ expiresAt: 1 }) };

/** A stream of chunks whose functions may be odd. */
const iterating = (more, chunks = [PICTURE]) => ({
  [Symbol.asyncIterator]: () => ({
    next: async () => (chunks.length > 0 ? { done: false, value: chunks.shift() } : { done: true }),
    ...more,
  }),
});
const reading = (more, chunks = [PICTURE]) => ({
  getReader: () => ({
    read: async () => (chunks.length > 0 ? { done: false, value: chunks.shift() } : { done: true }),
    ...more,
  }),
  ...more,
});
const filming = (stream) => publish({ media: [{ stream }] });
/** A medium that is refused before it is read to its end. */
const refused = [Buffer.from('<html>'), Buffer.alloc(100_000)];

const signal = (more) => ({ aborted: false, addEventListener() {}, removeEventListener() {}, ...more });
const aborting = (more) => {
  let listener;
  const odd = signal({ addEventListener: (_, added) => (listener = added) });
  Object.defineProperty(odd, 'aborted', { value: true, writable: true });
  odd.aborted = false;
  // A stream that never goes on keeps the call until it is aborted.
  const stream = iterating({ next: () => new Promise(() => {}) });
  const call = publish(
    { media: [{ stream }] },
    { signal: Object.defineProperties(odd, Object.getOwnPropertyDescriptors(more)) },
  );
  odd.aborted = true;
  listener();
  return call;
};
const getter = (name, get) => Object.defineProperty({}, name, { get, enumerable: true });

/** Each callback: the ways in which it can fail, and a call in which `fail` is called as that callback. */
const CALLBACKS = {
  onProgress: [REJECTED, (fail) => publish({ media: [{ data: PICTURE }] }, { onProgress: fail })],
  onRequest: [REJECTED, (fail) => publish({}, { client: { onRequest: fail } })],
  'rateLimit.store.reserve': [REJECTED, (fail) => publish({}, { client: { rateLimit: { store: { reserve: fail } } } })],
  'rateLimit.store.observe': [
    REJECTED,
    (fail) => publish({}, { client: { rateLimit: { store: { reserve: async () => null, observe: fail } } } }),
  ],
  'the first onCheckpoint': [REJECTED, (fail) => publish({}, { onCheckpoint: fail })],
  'the last onCheckpoint': [
    REJECTED,
    (fail) => publish({}, { onCheckpoint: (text) => (text.includes('PUBLISHED') ? fail() : undefined) }),
  ],
  load: [REJECTED, (fail) => publish({}, {}, managed({ load: fail }))],
  store: [REJECTED, (fail) => publish({}, {}, managed({ ...expired, store: fail }))],
  lock: [REJECTED, (fail) => publish({}, {}, managed({ ...expired, lock: fail }))],
  'the release of lock()': [REJECTED, (fail) => publish({}, {}, managed({ ...expired, lock: () => fail }))],
  'next of an iterator': [REJECTED, (fail) => filming(iterating({ next: fail }))],
  'return of an iterator': [REJECTED, (fail) => filming(iterating({ return: fail }, [...refused]))],
  'destroy of a stream': [REJECTED, (fail) => filming({ ...iterating({}, [...refused]), destroy: fail })],
  'on of a stream': [THROWN, (fail) => filming({ ...iterating({}), on: fail })],
  'getReader of a stream': [THROWN, (fail) => filming({ ...reading({}), getReader: fail })],
  'read of a reader': [REJECTED, (fail) => filming(reading({ read: fail }))],
  'cancel of a reader': [REJECTED, (fail) => filming(reading({ cancel: fail }, [...refused]))],
  'addEventListener of a signal': [THROWN, (fail) => publish({}, { signal: signal({ addEventListener: fail }) })],
  'removeEventListener of a signal': [
    REJECTED,
    (fail) => publish({}, { signal: signal({ removeEventListener: fail }) }),
  ],
  'what addEventListener of a signal returns': [
    ASYNC,
    (fail) => publish({}, { signal: signal({ addEventListener: fail }) }),
  ],
  'what on of a stream returns': [ASYNC, (fail) => filming({ ...iterating({}), on: fail })],
  'aborted of a signal': [
    THROWN,
    (fail) => publish({}, { signal: Object.defineProperty(signal(), 'aborted', { get: fail }) }),
  ],
  'reason of a signal': [THROWN, (fail) => aborting(getter('reason', fail))],
  'the reason of a signal': [{ given: (odd) => odd }, (fail) => aborting({ reason: fail() })],
  'a getter of content': [THROWN, (fail) => publish(getter('replyTo', fail))],
  'a getter of a poll': [THROWN, (fail) => publish({ poll: getter('options', fail) })],
  'a getter of options': [THROWN, (fail) => publish({}, getter('timeoutMs', fail))],
  'a getter of a client': [THROWN, (fail) => publish({}, { client: getter('retry', fail) })],
  'a proxy for options': [THROWN, (fail) => publish({}, new Proxy({}, { ownKeys: fail }))],
  'a proxy for media': [THROWN, (fail) => publish({ media: new Proxy([], { get: fail }) })],
};

/** @type {unknown[]} */
const warnings = [];
process.on('warning', ({ name }) => warnings.push(name));
/** Warnings and what is unhandled are reported once what was begun has run. */
const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

async function outcomeOf(call, odd) {
  try {
    return (await call).tweetId ? 'published' : 'nothing';
  } catch (error) {
    const { name, code, cause } = error;
    if (name !== 'TwitterError') return `threw ${name}`;
    return { code, isCause: odd === undefined ? 'not told' : cause === odd };
  }
}

async function main() {
  const [ways, begin] = CALLBACKS[callback];
  for (const [what, make] of Object.entries(ODD)) {
    for (const [way, fail] of Object.entries(ways)) {
      const odd = make();
      // Told before, so that the last line names what ended the process.
      process.stdout.write(`${what}, ${way}: `);
      let call;
      try {
        call = Promise.resolve(begin(() => fail(odd)));
      } catch {
        call = 'threw at once';
      }
      const outcome = typeof call === 'string' ? call : await outcomeOf(call, odd);
      await settled();
      console.log(JSON.stringify({ outcome, warned: warnings.includes('TwitterNativeWarning') }));
      warnings.length = 0;
    }
  }
}

if (callback === undefined) console.log(JSON.stringify(Object.keys(CALLBACKS)));
else main();
