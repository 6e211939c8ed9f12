// docs/performance.md and its plots, from the results of a run.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aims } from './aims.mjs';
import { chart } from './chart.mjs';
import { DRIVERS } from './drivers.mjs';
import { circumstances, figure, scenarioTable, titleOf } from './markdown.mjs';

/** @typedef {import('./types.d.ts').Report} Report */
/** @typedef {import('./types.d.ts').Result} Result */

const MIB = 1024 * 1024;
/** What is said of a run that was not made for this page. */
const SHORT =
  '**These are the figures of a short run.** They show what is measured; for what holds, measure all of it, three times or more, ' +
  'on a machine that does nothing else.\n\n';
/** Within this, two medians are taken for equal. */
const NOISE = 1.05;
/** Drivers that nobody compares ours with: itself, and what is not JavaScript. */
const NO_RIVALS = ['ours', 'ours-signer', 'relay'];

/** @type {Array<{ title: string, measure: 'wallMs' | 'cpuMs' | 'peakBytes' | 'loopMaxMs' }>} */
const COMPARED = [
  { title: 'wall', measure: 'wallMs' },
  { title: 'CPU', measure: 'cpuMs' },
  { title: 'memory', measure: 'peakBytes' },
  { title: 'longest block of the event loop', measure: 'loopMaxMs' },
];

/** What the plots show. */
const SWEEPS = /** @type {const} */ ([
  {
    group: 'at-once',
    x: 'videos of 16 MiB at once',
    placeOf: (/** @type {import('./types.d.ts').PublishesWork} */ work) => work.atOnce,
    label: (/** @type {number} */ place) => String(place),
  },
  {
    group: 'size',
    x: 'size of one video',
    placeOf: (/** @type {import('./types.d.ts').PublishesWork} */ work) => work.bytes / MIB,
    label: (/** @type {number} */ place) => (place < 1024 ? `${place} MiB` : `${place / 1024} GiB`),
  },
]);
const PLOTTED = /** @type {const} */ ([
  { name: 'wall', y: 'wall, ms', of: (/** @type {Result} */ result) => result.wallMs },
  {
    name: 'memory',
    y: 'peak memory, MB',
    of: (/** @type {Result} */ result) => (result.peakBytes === undefined ? undefined : result.peakBytes / 1e6),
  },
]);

/** The best of the others in JavaScript. @param {Result[]} results @param {(result: Result) => number | undefined} of */
function best(results, of) {
  const rivals = results.filter(({ driver }) => !NO_RIVALS.includes(driver));
  const known = rivals.flatMap((result) => {
    const value = of(result);
    return value === undefined ? [] : [{ driver: result.driver, value }];
  });
  return known.sort((one, other) => one.value - other.value).at(0);
}

/** @param {Report} report */
function slower({ scenarios }) {
  const lines = scenarios.flatMap(({ scenario, results }) => {
    const ours = results.find(({ driver }) => driver === 'ours');
    return COMPARED.flatMap(({ title, measure }) => {
      const [mine, rival] = [ours?.[measure], best(results, (result) => result[measure])];
      if (mine === undefined || rival === undefined || mine <= rival.value * NOISE) return [];
      return [`- ${scenario.title}: ${title} is ${figure(mine / rival.value, 2)} × that of ${titleOf(rival.driver)}.`];
    });
  });
  return lines.length > 0 ? lines.join('\n') : 'In nothing that this run measured.';
}

/** @param {Report} report */
function summary({ scenarios }) {
  const rows = scenarios.flatMap(({ scenario, results }) => {
    const ours = results.find(({ driver }) => driver === 'ours')?.wallMs;
    const rival = best(results, (result) => result.wallMs);
    if (ours === undefined || rival === undefined) return [];
    const relay = results.find(({ driver }) => driver === 'relay')?.wallMs;
    const others = results.map(({ driver, wallMs }) => (NO_RIVALS.includes(driver) ? 0 : (wallMs ?? 0)));
    const share = (/** @type {number} */ value) => `${figure(value / ours, 2)} ×`;
    const cells = [
      scenario.title,
      figure(ours),
      `${figure(rival.value)} (${titleOf(rival.driver)})`,
      share(rival.value),
      share(Math.max(...others)),
      relay === undefined ? '–' : share(relay),
    ];
    return [`| ${cells.join(' | ')} |`];
  });
  return [
    '| | ours, ms | best other in JavaScript, ms | that to ours | slowest to ours | relay to ours |',
    '| --- | --: | --: | --: | --: | --: |',
    ...rows,
  ].join('\n');
}

/** @param {Report} report @param {string} folder */
function writePlots(report, folder) {
  const images = [];
  for (const { group, x, placeOf, label } of SWEEPS) {
    const measured = report.scenarios.filter(({ scenario }) => scenario.group === group);
    if (measured.length < 2) continue;
    const placed = measured.flatMap(({ scenario: { work }, results }) =>
      work.kind === 'publishes' ? [{ place: placeOf(work), results }] : [],
    );
    for (const { name, y, of } of PLOTTED) {
      const lines = DRIVERS.map(({ name: driver, title }) => ({
        name: title,
        points: placed.flatMap(({ place, results }) => {
          const result = results.find((one) => one.driver === driver);
          const value = result && of(result);
          return value === undefined ? [] : [/** @type {[number, number]} */ ([place, value])];
        }),
      })).filter(({ points }) => points.length > 0);
      if (lines.length === 0) continue;
      const file = `${name}-${group}.svg`;
      const title = `${y} against ${x}`;
      const ticks = placed.map(({ place }) => /** @type {[number, string]} */ ([place, label(place)]));
      writeFileSync(join(folder, file), chart({ title, x, y, ticks, lines }));
      images.push(`![${title}](performance/${file})`);
    }
  }
  return images.length > 0 ? images.join('\n\n') : 'This run did not measure what they show.';
}

/**
 * Writes the page, its plots and its figures.
 * @param {Report} report
 * @param {string} docs the folder
 */
export function writePage(report, docs) {
  const folder = join(docs, 'performance');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(report, null, 2)}\n`);
  const page = `<!-- Written by \`npm run bench -- --write\`; do not edit. -->
# Performance

${circumstances(report)}

${report.runs < 3 || report.quick ? SHORT : ''}A figure can be compared with the others of this run, and with nothing else. The columns "wall" and "CPU" at the right of the
tables say how many times this package's figure another one's is. The figures are in
[results.json](performance/results.json).

## In short

${summary(report)}

## What we are slower at

By more than 5 %, than the best of the others in JavaScript:

${slower(report)}

A bare relay checks nothing, retries nothing and keeps nothing: it shows what the machine can do.

## What is aimed at

${aims(report)}

## Plots

${writePlots(report, folder)}

## How to measure it again

\`\`\`sh
npm run bench                          # all of it; more than an hour
npm run bench -- --quick               # smaller work, 3 minutes after the first build
npm run bench -- --only posts-at-once  # scenarios whose names begin so; --list names them
npm run bench -- --drivers ours,undici --runs 5
npm run bench -- --write               # this page
npm run bench -- --only tls --again    # a part of it
npm run bench:instructions             # instructions of a post and of a signature, by valgrind
\`\`\`

It needs what [CONTRIBUTING.md](../CONTRIBUTING.md) says, on Linux or macOS. Let the machine do nothing else meanwhile.

## What is measured

Each run has a process of its own and a mock of X of its own (\`bench/native\`, in Rust), which also serves the media, made while
they are sent. Drivers take turns, and each turn begins with another one. A run counts only if the mock agrees with it: every
OAuth 1.0a signature and bearer token, no nonce twice, every medium's checksum over its segments in order, each post exactly
once with its own media in their order, and no request that X does not have. Media are \`multipart/form-data\` or base64, with
X's limits.

Away means that connecting, a TLS handshake and every request take so many milliseconds longer, there and back; a cap holds for
each connection. X works for a second on each video. Posts and media are signed by OAuth 1.0a; metrics are read with a bearer
token.

With TLS the mock offers HTTP/2 and HTTP/1.1, as X does; the first is spoken by this package and by the relay, the second by
the others. Without TLS all speak HTTP/1.1. There each of this package's posts has a connection of its own, since nothing but
the order tells what an answer belongs to, and a post must not be taken for another one; the others trust the order. So what
holds for posts at X is shown by the tables over TLS. This package is loaded as it is published, from its tarball.

- Wall: from the first call to the last result. The process has started and loaded its library, and has made no call yet.
- CPU: user and system time of the process meanwhile. The mock's own is in results.json.
- Peak: the most memory that was resident, Node itself included.
- Loop: delays of the event loop by \`monitorEventLoopDelay\` with its finest resolution of 1 ms, which is part of the figure.
- Connections: those that the mock accepted, to X and to the media.

${DRIVERS.map(({ title, what }) => `- **${title}**: ${what}.`).join('\n')}

## All figures

${report.scenarios.map(scenarioTable).join('\n\n')}
`;
  writeFileSync(join(docs, 'performance.md'), page);
}
