// What this package aims at, as shares of others' figures in the same run, and whether a run reached it.
import { causesOf } from './causes.mjs';
import { figure, titleOf } from './markdown.mjs';

/** @typedef {import('./types.d.ts').Report} Report */
/** @typedef {import('./types.d.ts').Result} Result */

/** @typedef {'wallMs' | 'cpuMs' | 'peakBytes' | 'loopP99Ms' | 'loopMaxMs' | 'firstCallBlockedMs'} Measure */

/**
 * A share of another driver's figure, or a figure of its own; memory counts from what an idle Node has.
 * @typedef {{ scenario: string, measure: Measure, driver?: string } &
 *   ({ of: string, share: number } | { most: number })} Aim
 */

const MB = 1e6;

/** @type {Aim[]} */
const AIMS = [
  { scenario: 'posts-at-once-cold', measure: 'wallMs', of: 'undici', share: 1 / 4 },
  { scenario: 'posts-at-once-cold', measure: 'wallMs', of: 'twitter-api-v2', share: 1 / 6 },
  { scenario: 'posts-at-once-cold', measure: 'cpuMs', of: 'undici', share: 0.2 },
  { scenario: 'posts-at-once-cold', measure: 'loopP99Ms', most: 6 },
  { scenario: 'posts-at-once-warm', measure: 'wallMs', of: 'undici', share: 1 / 2.2 },
  { scenario: 'posts-at-once-warm', measure: 'cpuMs', of: 'undici', share: 0.5 },
  { scenario: 'posts-in-turn-cold', measure: 'wallMs', of: 'undici', share: 1 / 1.4 },
  { scenario: 'posts-in-turn-warm', measure: 'wallMs', of: 'undici', share: 1 / 1.3 },
  { scenario: 'images-cold-50ms', measure: 'wallMs', of: 'undici', share: 0.68 },
  { scenario: 'images-cold-50ms', measure: 'wallMs', most: 300 },
  { scenario: 'images-warm', measure: 'wallMs', of: 'undici', share: 0.5 },
  { scenario: 'video-512mib', measure: 'wallMs', of: 'undici', share: 0.68 },
  { scenario: 'video-512mib', measure: 'wallMs', of: 'relay', share: 1.05 },
  { scenario: 'video-512mib', measure: 'cpuMs', of: 'undici', share: 0.33 },
  { scenario: 'video-512mib', measure: 'peakBytes', most: 24 * MB },
  { scenario: 'video-64mib-capped', measure: 'wallMs', of: 'undici', share: 0.6 },
  { scenario: 'video-64mib-upload-capped', measure: 'wallMs', of: 'undici', share: 0.75 },
  { scenario: 'videos-25-at-once', measure: 'wallMs', of: 'undici', share: 0.7 },
  { scenario: 'videos-25-at-once', measure: 'peakBytes', most: 80 * MB },
  { scenario: 'videos-25-at-once', measure: 'loopP99Ms', most: 4 },
  { scenario: 'videos-25-at-once', measure: 'loopMaxMs', most: 10 },
  { scenario: 'videos-60-at-once', measure: 'peakBytes', most: 80 * MB },
  { scenario: 'metrics', measure: 'wallMs', of: 'undici', share: 0.55 },
  { scenario: 'metrics-50ms', measure: 'wallMs', of: 'undici', share: 0.95 },
  { scenario: 'signing', measure: 'wallMs', of: 'fetch', share: 1 / 5 },
  { scenario: 'signing', measure: 'wallMs', of: 'undici', share: 1 / 1.5 },
  { scenario: 'signing', measure: 'wallMs', driver: 'ours-signer', of: 'fetch', share: 1 / 10 },
  { scenario: 'signing', measure: 'wallMs', driver: 'ours-signer', of: 'undici', share: 1 / 2 },
  { scenario: 'loading', measure: 'wallMs', most: 3.5 },
  { scenario: 'loading', measure: 'firstCallBlockedMs', most: 1 },
];
const MAX_ADDON_BYTES = 4.85 * MB;

/** @type {Record<Measure, string>} */
const NAMES = {
  wallMs: 'wall',
  cpuMs: 'CPU',
  peakBytes: 'memory',
  loopP99Ms: 'loop p99',
  loopMaxMs: 'loop max',
  firstCallBlockedMs: 'thread blocked by the first call',
};

/** The same over TLS, where that is measured: X is reached by nothing else. @param {Aim} aim */
const overTls = (aim) => ({ ...aim, scenario: `tls-${aim.scenario}` });

/** @param {Report} report @param {Aim} aim */
function judge(report, aim) {
  const measured = report.scenarios.find(({ scenario }) => scenario.name === aim.scenario);
  const of = (/** @type {string} */ name) => measured?.results.find(({ driver }) => driver === name)?.[aim.measure];
  const is = of(aim.driver ?? 'ours');
  if (measured === undefined || is === undefined) return [];
  const subject = aim.driver === undefined ? '' : ` (${titleOf(aim.driver)})`;
  const what = `${measured.scenario.title}: ${NAMES[aim.measure]}${subject}`;
  const row = (/** @type {string} */ wanted, /** @type {string} */ is, /** @type {boolean} */ reached) => ({
    name: aim.scenario,
    reached,
    text: rowOf(what, wanted, is, reached),
  });
  if ('of' in aim) {
    const other = of(aim.of);
    if (other === undefined) return [];
    const share = is / other;
    const wanted = `≤ ${figure(aim.share, 2)} × ${titleOf(aim.of)}`;
    return [row(wanted, `${figure(share, 2)} ×`, share <= aim.share)];
  }
  if (aim.measure === 'peakBytes') {
    const beyond = is - (report.idlePeakBytes ?? 0);
    const inMb = (/** @type {number} */ bytes) => `${figure(bytes / MB, 0)} MB`;
    return [row(`≤ idle Node + ${inMb(aim.most)}`, `+ ${inMb(beyond)}`, beyond <= aim.most)];
  }
  return [row(`≤ ${figure(aim.most, 1)} ms`, `${figure(is, 1)} ms`, is <= aim.most)];
}

/** @param {string} what @param {string} wanted @param {string} is @param {boolean} reached */
const rowOf = (what, wanted, is, reached) => `| ${what} | ${wanted} | ${is} | ${reached ? 'yes' : '**no**'} |`;

/** A table of what is aimed at, as far as the run tells, and why what is missed is. @param {Report} report */
export function aims(report) {
  const judged = [...AIMS, ...AIMS.map(overTls)].flatMap((aim) => judge(report, aim));
  const { addonBytes } = report;
  if (addonBytes !== undefined) {
    const inMb = (/** @type {number} */ bytes) => `${figure(bytes / MB, 2)} MB`;
    const reached = addonBytes <= MAX_ADDON_BYTES;
    const text = rowOf("The addon's file", `≤ ${inMb(MAX_ADDON_BYTES)}`, inMb(addonBytes), reached);
    judged.push({ name: 'addon', reached, text });
  }
  const rows = judged.map(({ text }) => text);
  const table = ['| | aim | is | reached |', '| --- | --- | --- | --- |', ...rows].join('\n');
  const missed = judged.filter(({ reached }) => !reached).map(({ name }) => name);
  return `${table}\n\n${causesOf(missed)}`.trimEnd();
}
