// Packages as their users get them: installed into an empty project, and used. It needs nothing but Node and npm.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** One project for each kind of module. */
const PROJECTS = [
  { kind: 'commonjs', load: "const { publishTweetWithMedia } = require('twitter-native');" },
  { kind: 'module', load: "import { publishTweetWithMedia } from 'twitter-native';" },
];

/** @param {string} load @param {string} text */
const programOf = (load, text) => `${load}
const media = [{ url: process.env.PICTURE, altText: 'A picture' }];
publishTweetWithMedia({ text: ${JSON.stringify(text)}, media }, process.env.TOKEN).then(({ tweetId }) => {
  console.log(tweetId);
});
`;

/**
 * Gives the command that runs a program.
 * @typedef {(program: string) => [string, ...string[]]} Launch
 */

/** @type {Launch} */
const withThisNode = (program) => [process.execPath, program];

/** @param {[string, ...string[]]} command @param {NodeJS.ProcessEnv} env */
async function runProgram([command, ...args], env) {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (part) => {
    printed += part;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
  return printed.trim();
}

/**
 * @typedef {object} How
 * @property {string} folder where the projects are made
 * @property {(project: string) => void} install installs the packages, the sandbox among them, in a project
 * @property {Launch} [launch] runs a program; with this Node, if it is left out
 */

/**
 * Publishes a post from an empty project into which the packages were installed.
 * @param {{ kind: string, load: string }} project @param {How} how
 */
async function publishFrom({ kind, load }, { folder: parent, install, launch = withThisNode }) {
  const folder = join(parent, kind);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'a-project', private: true, type: kind }));
  install(folder);
  const text = `Used as ${kind}`;
  writeFileSync(join(folder, 'index.js'), programOf(load, text));
  const { startSandbox } = createRequire(join(folder, 'package.json'))('twitter-native-sandbox');
  const sandbox = await startSandbox();
  try {
    const own = {
      ...process.env,
      ...sandbox.env,
      TOKEN: sandbox.seedUser().oauth2.accessToken,
      PICTURE: `${sandbox.url}/media/jpeg?width=300&height=200`,
    };
    const tweetId = await runProgram(launch(join(folder, 'index.js')), own);
    const posts = sandbox.ledger.tweets();
    if (posts.length !== 1 || posts[0].id !== tweetId || posts[0].text !== text || posts[0].media.length !== 1) {
      throw new Error(`the sandbox has ${JSON.stringify(posts)}, and the program printed ${tweetId}`);
    }
    return tweetId;
  } finally {
    await sandbox.close();
  }
}

/** Publishes a post from an empty project of each kind of module. @param {How} how */
export async function publishFromEmptyProjects(how) {
  for (const project of PROJECTS) {
    const tweetId = await publishFrom(project, how);
    console.log(`installed in an empty project (${project.kind}), which published post ${tweetId} with a picture`);
  }
}
