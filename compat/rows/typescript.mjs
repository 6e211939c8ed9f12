// TypeScript's versions, with each way in which they look for modules, with and without Node's types.

/** @typedef {import('../lib/row.mjs').Row} Row */

/** With types of Node that the version can read. @type {{ typescript: string, node: string, gone: string[] }[]} */
const VERSIONS = [
  { typescript: '5.0.4', node: '18.19.0', gone: [] },
  { typescript: '5.9.3', node: '24.10.1', gone: [] },
  { typescript: '7.0.2', node: '24.10.1', gone: ['classic', 'node10'] },
];

/** `moduleResolution`, `module`, and what the source and its output are called. */
const SETTINGS = [
  { resolution: 'node10', module: 'commonjs', source: 'typed.cts', output: 'typed.cjs' },
  { resolution: 'node16', module: 'node16', source: 'typed.cts', output: 'typed.cjs' },
  { resolution: 'node16', module: 'node16', source: 'typed.mts', output: 'typed.mjs' },
  { resolution: 'nodenext', module: 'nodenext', source: 'typed.cts', output: 'typed.cjs' },
  { resolution: 'nodenext', module: 'nodenext', source: 'typed.mts', output: 'typed.mjs' },
  { resolution: 'bundler', module: 'esnext', source: 'typed.mts', output: 'typed.mjs' },
  { resolution: 'classic', module: 'commonjs', source: 'typed.cts', output: 'typed.cjs' },
];

const SOURCE = `import TwitterService, { publishTweetWithMedia, TwitterError, type PublishedTweet } from 'twitter-native';
import type { JsonRowOptions, PublishOnceOptions } from 'twitter-native/medusa';

declare const process: { env: Record<string, string | undefined>; exitCode: number };
declare const console: { error(what: unknown): void };
declare const fetch: (address: string) => Promise<{ arrayBuffer(): Promise<ArrayBuffer> }>;

export type Used = [PublishedTweet['tweetUrl'], JsonRowOptions['table'], PublishOnceOptions['signal'], TwitterError['code']];
export class Service extends TwitterService {}
// @ts-expect-error a text is no number
export const wrong = () => publishTweetWithMedia({ text: 1 }, '');

export async function main(): Promise<void> {
  const { TEXT, TOKEN, PICTURE } = process.env;
  const media = [
    { url: String(PICTURE), altText: 'From an address' },
    { data: new Uint8Array(await (await fetch(String(PICTURE))).arrayBuffer()), altText: 'From memory' },
  ];
  await publishTweetWithMedia({ text: String(TEXT), media }, String(TOKEN));
  if (!(new Service({ apiKey: 'a', apiSecret: 'b' }) instanceof TwitterService)) throw new Error('not the class');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
`;

/** @param {typeof SETTINGS[number]} setting @param {boolean} withNode */
const configOf = ({ resolution, module, source }, withNode) => ({
  compilerOptions: {
    target: 'es2020',
    lib: ['es2020'],
    module,
    moduleResolution: resolution,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    types: withNode ? ['node'] : [],
  },
  files: [source],
});

/**
 * @param {typeof VERSIONS[number]} version @param {typeof SETTINGS[number]} setting @param {boolean} withNode
 * @returns {Row}
 */
function rowOf(version, setting, withNode) {
  const { typescript, node, gone } = version;
  const { resolution, source, output } = setting;
  const kind = source.endsWith('cts') ? 'cjs' : 'esm';
  const config = `tsconfig.${resolution}.${kind}.json`;
  return {
    id: `typescript-${typescript}-${resolution}-${kind}${withNode ? '-types-node' : ''}`,
    group: 'TypeScript',
    name: `TypeScript ${typescript}`,
    how: `\`moduleResolution: ${resolution}\`, ${kind === 'cjs' ? 'CommonJS' : 'ES module'}, ${withNode ? `@types/node ${node}` : 'no @types/node'}`,
    project: {
      name: `typescript-${typescript}${withNode ? '-types-node' : ''}`,
      packages: { typescript, ...(withNode ? { '@types/node': node } : {}) },
    },
    files: { [source]: SOURCE, [config]: JSON.stringify(configOf(setting, withNode), null, 2) },
    steps: [
      ['tsc', '--project', config],
      ['node', output],
    ],
    ...limitOf(resolution, gone.includes(resolution)),
  };
}

/**
 * @param {string} resolution @param {boolean} isGone the version has it no more
 * @returns {{ limit: string, why: string } | undefined}
 */
function limitOf(resolution, isGone) {
  if (isGone) return { limit: 'TS5108', why: 'TypeScript has removed it' };
  if (resolution === 'classic') return { limit: 'TS2792', why: 'it looks for no package in node_modules' };
  return undefined;
}

/** @type {Row[]} */
export const rows = VERSIONS.flatMap((version) =>
  [false, true].flatMap((withNode) => SETTINGS.map((setting) => rowOf(version, setting, withNode))),
);
