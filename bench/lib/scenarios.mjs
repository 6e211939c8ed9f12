// What is measured: work, and how far X is.

/** @typedef {import('./types.d.ts').Scenario} Scenario */
/** @typedef {import('./types.d.ts').Work} Work */
/** @typedef {Omit<Scenario, 'title'>} Planned its title follows from the rest */

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
/** At first V8 is warming up; a busy backend is past that. */
const COLD_POSTS = 2000;
const WARM_POSTS = 20_000;
/** One after another and far away only the line is measured, so fewer do. */
const COLD_POSTS_IN_TURN_AWAY = 100;
const WARM_POSTS_IN_TURN_AWAY = 400;
const AT_ONCE = 50;
const AWAY_MS = 50;

/** @param {number} count @param {number} atOnce @returns {Work} */
const posts = (count, atOnce) => ({ kind: 'posts', count, atOnce });

/** @param {number} count @param {number} atOnce @param {number} bytes @returns {Work} */
const videos = (count, atOnce, bytes) => ({
  kind: 'publishes',
  count,
  atOnce,
  mediaPerPost: 1,
  media: 'video',
  bytes,
});

/** Posts of four pictures of 4 MiB. @param {number} count @returns {Work} */
const images = (count) => ({
  kind: 'publishes',
  count,
  atOnce: 1,
  mediaPerPost: 4,
  media: 'image',
  bytes: 4 * MIB,
});

/** @type {Planned[]} */
const POSTS = [
  {
    name: 'posts-in-turn-cold',
    group: 'posts',
    work: posts(COLD_POSTS, 1),
    quick: posts(500, 1),
  },
  {
    name: 'posts-in-turn-cold-50ms',
    group: 'posts',
    work: posts(COLD_POSTS_IN_TURN_AWAY, 1),
    network: { delayMs: AWAY_MS },
  },
  {
    name: 'posts-in-turn-warm',
    group: 'posts',
    work: posts(WARM_POSTS, 1),
  },
  {
    name: 'posts-in-turn-warm-50ms',
    group: 'posts',
    work: posts(WARM_POSTS_IN_TURN_AWAY, 1),
    network: { delayMs: AWAY_MS },
  },
  {
    name: 'posts-at-once-cold',
    group: 'posts',
    work: posts(COLD_POSTS, AT_ONCE),
    quick: posts(COLD_POSTS, AT_ONCE),
  },
  {
    name: 'posts-at-once-cold-50ms',
    group: 'posts',
    work: posts(COLD_POSTS, AT_ONCE),
    network: { delayMs: AWAY_MS },
    quick: posts(500, AT_ONCE),
  },
  {
    name: 'posts-at-once-warm',
    group: 'posts',
    work: posts(WARM_POSTS, AT_ONCE),
    quick: posts(5000, AT_ONCE),
  },
  {
    name: 'posts-at-once-warm-50ms',
    group: 'posts',
    work: posts(WARM_POSTS, AT_ONCE),
    network: { delayMs: AWAY_MS },
  },
];

/** @type {Planned[]} */
const MEDIA = [
  {
    name: 'images-cold',
    group: 'media',
    work: images(1),
  },
  {
    name: 'images-cold-50ms',
    group: 'media',
    work: images(1),
    network: { delayMs: AWAY_MS },
    quick: images(1),
  },
  {
    name: 'images-warm',
    group: 'media',
    work: images(20),
    quick: images(5),
  },
  {
    name: 'images-warm-50ms',
    group: 'media',
    work: images(20),
    network: { delayMs: AWAY_MS },
  },
  {
    name: 'video-512mib',
    group: 'media',
    work: videos(1, 1, 512 * MIB),
    quick: videos(1, 1, 64 * MIB),
  },
  {
    name: 'video-64mib-capped',
    group: 'media',
    work: videos(1, 1, 64 * MIB),
    network: { uploadBytesPerSecond: 25e6, downloadBytesPerSecond: 25e6 },
  },
  {
    name: 'video-64mib-upload-capped',
    group: 'media',
    work: videos(1, 1, 64 * MIB),
    network: { uploadBytesPerSecond: 10e6 },
  },
  {
    name: 'videos-25-at-once',
    group: 'media',
    work: videos(25, 25, 16 * MIB),
    quick: videos(5, 5, 16 * MIB),
  },
  {
    name: 'videos-60-at-once',
    group: 'media',
    work: videos(60, 60, 64 * MIB),
  },
];

/** @type {Planned[]} */
const READING = [
  {
    name: 'metrics',
    group: 'reading',
    work: { kind: 'metrics', count: 1000, perBatch: 100 },
    quick: { kind: 'metrics', count: 1000, perBatch: 100 },
  },
  {
    name: 'metrics-50ms',
    group: 'reading',
    work: { kind: 'metrics', count: 1000, perBatch: 100 },
    network: { delayMs: AWAY_MS },
  },
  {
    name: 'signing',
    group: 'reading',
    work: { kind: 'signatures', count: 50_000 },
    quick: { kind: 'signatures', count: 10_000 },
  },
  {
    name: 'loading',
    group: 'reading',
    work: { kind: 'loading' },
    quick: { kind: 'loading' },
  },
];

/** The first five kinds of work once more, over TLS. */
const OVER_TLS = [
  'posts-in-turn-cold',
  'posts-in-turn-warm',
  'posts-at-once-cold',
  'posts-at-once-cold-50ms',
  'posts-at-once-warm',
  'images-cold-50ms',
  'images-warm',
];

/** @type {Planned[]} */
const TLS = [...POSTS, ...MEDIA]
  .filter(({ name }) => OVER_TLS.includes(name))
  .map(({ quick: _, ...scenario }) => ({
    ...scenario,
    name: `tls-${scenario.name}`,
    group: 'tls',
    network: { ...scenario.network, tls: true },
    ...(scenario.name === 'posts-at-once-cold' ? { quick: posts(1000, AT_ONCE) } : {}),
  }));

/** @type {Planned[]} */
const AT_ONCE_SWEEP = [1, 4, 16, 64, 256].map((count) => ({
  name: `publishes-${count}-at-once`,
  group: 'at-once',
  work: videos(count, count, 16 * MIB),
}));

/** @type {Planned[]} */
const SIZE_SWEEP = [16, 64, 256, 1024, 4096].map((mib) => ({
  name: `size-${mib}mib`,
  group: 'size',
  work: videos(1, 1, mib * MIB),
}));

/** Everything that is measured, in the order of the page. */
export const SCENARIOS = [...POSTS, ...MEDIA, ...READING, ...TLS, ...AT_ONCE_SWEEP, ...SIZE_SWEEP].map(titled);

/** @param {Planned} planned @returns {Scenario} */
function titled(planned) {
  return { ...planned, title: `${describeWork(planned.work)}${describeLine(planned.network)}` };
}

/** @param {Work} work */
function describeWork(work) {
  switch (work.kind) {
    case 'posts':
      return `${inWords(work.count)} posts${work.atOnce === 1 ? ' one after another' : `, ${work.atOnce} at once`}`;
    case 'publishes':
      return describePublishes(work);
    case 'metrics':
      return `${inWords(work.count)} metrics in ${work.count / work.perBatch} batches`;
    case 'signatures':
      return `${inWords(work.count)} OAuth 1.0a signatures`;
    default:
      return 'Loading the library (`require`, or `import`)';
  }
}

/** @param {import('./types.d.ts').PublishesWork} work */
function describePublishes({ count, mediaPerPost, media, bytes }) {
  const size = bytes < GIB ? `${bytes / MIB} MiB` : `${bytes / GIB} GiB`;
  if (media === 'video') return count === 1 ? `A video of ${size}` : `${count} videos of ${size} at once`;
  const publishes = count === 1 ? 'the first publish' : `${count} publishes in turn`;
  return `A post of ${mediaPerPost} images of ${size}, ${publishes}`;
}

/** @param {Scenario['network']} network */
function describeLine({ delayMs, uploadBytesPerSecond: up, downloadBytesPerSecond: down, tls } = {}) {
  const parts = [];
  if (delayMs) parts.push(`${delayMs} ms away`);
  if (up) parts.push(`${up / 1e6} MB/s per connection ${down ? 'both ways' : 'upwards'}`);
  if (tls) parts.push('over TLS');
  return parts.map((part) => `, ${part}`).join('');
}

/** @param {number} count */
function inWords(count) {
  return count.toLocaleString('en-US');
}

/**
 * The scenarios that a command line asks for.
 * @param {{ only?: string[], quick: boolean }} options names or their beginnings
 */
export function chosenScenarios({ only, quick }) {
  const named = SCENARIOS.filter(({ name }) => only === undefined || only.some((wanted) => name.startsWith(wanted)));
  if (!quick) return named;
  // A second of X's for each video would be most of the time.
  const hasten = (/** @type {Scenario} */ { network }) => ({ ...network, processingMs: 0 });
  return named.flatMap((scenario) =>
    scenario.quick ? [titled({ ...scenario, work: scenario.quick, network: hasten(scenario) })] : [],
  );
}

/**
 * What the mock expects.
 * @param {Scenario} scenario
 * @param {string} [caFile]
 */
export function mockSettings({ work, network = {} }, caFile) {
  const { tls, ...line } = network;
  const common = { processingMs: 1000, ...line, ...(tls ? { caFile } : {}) };
  switch (work.kind) {
    case 'posts':
      return { ...common, posts: work.count };
    case 'publishes':
      return {
        ...common,
        posts: work.count,
        mediaPerPost: work.mediaPerPost,
        kind: work.media,
        bytes: work.bytes,
      };
    case 'metrics':
      return { ...common, metrics: work.count };
    default:
      // The last signature, and the first call after loading, are shown to be right by one post.
      return { ...common, posts: 1 };
  }
}
