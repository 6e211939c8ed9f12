// Runs one row, and sees in the sandbox's ledger that it published what it should.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('./row.mjs').Row} Row */
/** @typedef {import('./projects.mjs').Projects} Projects */
/** @typedef {{ row: Row, versions: string, failure?: string, seconds: number }} Result */

const ALT_TEXTS = ['From an address', 'From memory'];

/** A picture that programs read from a file. @param {string} url @param {string} file */
export async function savePicture(url, file) {
  writeFileSync(file, new Uint8Array(await (await fetch(url)).arrayBuffer()));
}

/**
 * @param {Row} row @param {Projects} projects
 * @param {import('../../sandbox/index.js').Sandbox} sandbox @param {string} pictureFile
 * @returns {Promise<Result>}
 */
export async function check(row, projects, sandbox, pictureFile) {
  const begun = performance.now();
  const failure = await failureOf(row, projects, sandbox, pictureFile);
  const versions = await versionsOf(row, projects).catch(() => '');
  return { row, versions, failure, seconds: (performance.now() - begun) / 1000 };
}

/**
 * Why it is not as it should be, if it isn't.
 * @param {Row} row @param {Projects} projects
 * @param {import('../../sandbox/index.js').Sandbox} sandbox @param {string} pictureFile
 */
async function failureOf(row, projects, sandbox, pictureFile) {
  try {
    await steps(row, projects, sandbox, pictureFile);
    const posts = sandbox.ledger.tweets().filter(({ text }) => text.startsWith(textOf(row)));
    const wanted = row.posts ?? 1;
    if (posts.length !== wanted) return `it published ${posts.length} posts in place of ${wanted}`;
    const odd = posts.find(({ media }) => String(media.map(altText)) !== String(ALT_TEXTS));
    if (odd) return `a post has media with ${odd.media.map(altText)}`;
    return row.limit && `it works, though it should not: ${row.limit}`;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return row.limit && message.includes(row.limit) ? undefined : message;
  }
}

/** @param {{ altText?: string }} medium */
const altText = (medium) => medium.altText;
/** Ends with what no other row's begins with. @param {Row} row */
const textOf = ({ id }) => `Published by ${id}.`;

/**
 * @param {Row} row @param {Projects} projects
 * @param {import('../../sandbox/index.js').Sandbox} sandbox @param {string} pictureFile
 */
async function steps(row, projects, sandbox, pictureFile) {
  const folder = await projects.folderOf(row.project);
  for (const [name, text] of Object.entries(row.files ?? {})) writeFileSync(join(folder, name), text);
  const env = {
    ...sandbox.env,
    TEXT: textOf(row),
    TOKEN: sandbox.seedUser().oauth2.accessToken,
    PICTURE: `${sandbox.url}/media/jpeg?width=300&height=200`,
    PICTURE_FILE: pictureFile,
  };
  for (const step of row.steps) await projects.run(row.project, folder, step, env);
}

/** The versions of what it is about. @param {Row} row @param {Projects} projects */
async function versionsOf({ project, versions }, projects) {
  if (versions) {
    const folder = await projects.folderOf(project);
    const manifest = (/** @type {string} */ name) =>
      JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'));
    return versions.map((name) => `${name} ${manifest(name).version}`).join(', ');
  }
  if (project.manager) return projects.tools.versionOf(project.manager);
  return project.node ? projects.tools.versionOf(`node-${project.node}`) : '';
}
