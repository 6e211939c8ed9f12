// Who is measured.

/** @typedef {import('./types.d.ts').Driver} Driver */
/** @typedef {import('./types.d.ts').Scenario} Scenario */

const hasCap = (/** @type {Scenario} */ { network }) => network?.uploadBytesPerSecond !== undefined;

/** @type {Driver[]} */
export const DRIVERS = [
  { name: 'ours', title: 'twitter-native', what: 'this package, as an app uses it', module: 'ours' },
  {
    name: 'ours-signer',
    title: 'twitter-native, `Signer`',
    what: 'the same with credentials given once',
    module: 'ours',
    variant: 'signer',
    only: ({ work }) => work.kind === 'signatures',
  },
  {
    name: 'twitter-api-v2',
    title: 'twitter-api-v2',
    what: 'with its defaults; media are fetched into a Buffer, since it takes no stream',
    module: 'twitter-api-v2',
    only: ({ work }) => work.kind !== 'signatures',
    held: 4.5,
  },
  {
    name: 'twitter-api-v2-tuned',
    title: 'twitter-api-v2, tuned',
    what: 'with an agent of 64 connections, segments of 4 MiB and answers that are not compressed',
    module: 'twitter-api-v2',
    variant: 'tuned',
    only: ({ work }) => work.kind !== 'signatures' && work.kind !== 'loading',
    held: 4.5,
  },
  {
    name: 'xdk',
    title: '@xdevplatform/xdk',
    what: "X's own; media are fetched into a Buffer and sent as base64, which is all that it takes",
    module: 'xdk',
    held: 4.5,
  },
  {
    name: 'fetch',
    title: 'fetch and Buffer',
    what: "what an app writes first: Node's fetch, whole files in memory, the package oauth-1.0a",
    module: 'fetch',
    held: 3,
  },
  {
    name: 'undici',
    title: 'undici, tuned by hand',
    what: 'streams through buffers that are used again, three segments of 4 MiB in flight; node:crypto signs',
    module: 'undici',
  },
  {
    name: 'undici-wide',
    title: 'undici, eight in flight',
    what: 'the same with eight segments of 4 MiB in flight, where connections are capped',
    module: 'undici',
    variant: 'wide',
    only: hasCap,
  },
  {
    name: 'relay',
    title: 'bare relay',
    what: 'the practical limit: reqwest in Rust without Node, each segment a range of the source, eight in flight',
    only: ({ work }) => work.kind !== 'loading',
  },
];

/** The names of all drivers. */
export const DRIVER_NAMES = DRIVERS.map(({ name }) => name);

/**
 * The drivers that run a scenario.
 * @param {Scenario} scenario
 * @param {string[]} [wanted]
 */
export function driversFor(scenario, wanted) {
  return DRIVERS.filter(
    ({ name, only }) => (wanted === undefined || wanted.includes(name)) && (only === undefined || only(scenario)),
  );
}
