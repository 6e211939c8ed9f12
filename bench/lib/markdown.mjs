// Results as tables.
import { DRIVERS } from './drivers.mjs';

/** @typedef {import('./types.d.ts').Report} Report */
/** @typedef {import('./types.d.ts').Result} Result */

const NONE = '–';
const titles = new Map(DRIVERS.map(({ name, title }) => [name, title]));

/** @param {string} driver */
export const titleOf = (driver) => titles.get(driver) ?? driver;

/** @param {number | undefined} value @param {number} [digits] */
export function figure(value, digits) {
  if (value === undefined) return NONE;
  const places = digits ?? (value < 10 ? 1 : 0);
  return value.toLocaleString('en-US', { minimumFractionDigits: places, maximumFractionDigits: places });
}

/** @param {number | undefined} bytes */
const megabytes = (bytes) => figure(bytes === undefined ? undefined : bytes / 1e6, 0);

/** How many times ours somebody else's figure is. @param {number | undefined} theirs @param {number | undefined} ours */
const times = (theirs, ours) =>
  theirs === undefined || !ours ? NONE : `${figure(theirs / ours, theirs / ours < 10 ? 2 : 0)} ×`;

/** @param {string[][]} rows @param {string[]} head */
function table(head, rows) {
  const rule = head.map((_, index) => (index === 0 ? '---' : '--:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * One scenario's table, with what did not count below it.
 * @param {Report['scenarios'][number]} measured
 */
export function scenarioTable({ scenario, results }) {
  const ours = results.find(({ driver }) => driver === 'ours');
  const isLoading = scenario.work.kind === 'loading';
  const head = ['', 'wall, ms', 'CPU, ms', 'peak, MB', 'loop p99, ms', 'loop max, ms', 'connections', 'wall', 'CPU'];
  if (isLoading) head.push('first call blocks, ms');
  const shown = results.filter(({ counted, notes }) => counted > 0 || notes.length > 0);
  const rows = shown.map((result) => [
    result.driver === 'ours' ? `**${titleOf(result.driver)}**` : titleOf(result.driver),
    figure(result.wallMs),
    figure(result.cpuMs),
    megabytes(result.peakBytes),
    figure(result.loopP99Ms, 1),
    figure(result.loopMaxMs, 1),
    figure(result.connections, 0),
    times(result.wallMs, ours?.wallMs),
    times(result.cpuMs, ours?.cpuMs),
    ...(isLoading ? [figure(result.firstCallBlockedMs)] : []),
  ]);
  const notes = shown.flatMap(({ driver, runs, counted, notes }) =>
    notes.map(
      (note) => `${titleOf(driver)}: ${runs === 0 ? '' : `${runs - counted} of ${runs} runs do not count, `}${note}`,
    ),
  );
  const below = notes.length > 0 ? `\n\n${notes.map((note) => `- ${note}`).join('\n')}` : '';
  return `### ${scenario.title}\n\n${table(head, rows)}${below}`;
}

/** What a run was made with. @param {Report} report */
export function circumstances({ date, machine, versions, addonBytes, idlePeakBytes, runs, quick, again = [] }) {
  const gigabytes = figure(machine.memoryBytes / 1e9, 0);
  const load = machine.load >= 0.5 ? `, which did other work as well (load ${figure(machine.load, 1)})` : '';
  return [
    `Measured on ${date} on a machine of ${machine.cores} cores (${machine.cpu}) and ${gigabytes} GB with ${machine.system} and Node ${machine.node}${load}: medians of ${runs} ${runs === 1 ? 'run' : 'interleaved runs'}${quick ? ', in short' : ''}.`,
    `Versions: ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}.`,
    ...(again.length > 0 ? [`Measured again since, each with all its drivers in turn: ${again.join(', ')}.`] : []),
    `A Node process that does nothing has ${megabytes(idlePeakBytes)} MB at its peak. The addon's file has ${figure(addonBytes === undefined ? undefined : addonBytes / 1e6, 2)} MB.`,
  ].join(' ');
}

/** All tables, as the command prints them. @param {Report} report */
export function markdown(report) {
  return [circumstances(report), ...report.scenarios.map(scenarioTable)].join('\n\n');
}
