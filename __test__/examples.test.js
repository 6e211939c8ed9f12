'use strict';

const { spawn } = require('node:child_process');
const { createHmac } = require('node:crypto');
const { once } = require('node:events');
const { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { createInterface } = require('node:readline');
const { useSandbox } = require('./support/harness.js');
const { bytesOf } = require('./support/media.js');

const root = join(__dirname, '..');
const context = useSandbox({ processingMs: 0 });
/** The posts of this test. */
const posts = () => context.sandbox.ledger.tweets().slice(known);
const idOf = (/** @type {string} */ stdout) => /^(\d+) https:\/\/twitter\.com\/i\/web\/status\/\1$/m.exec(stdout)?.[1];

let known = 0;
/** @type {string} */
let folder;
beforeEach(() => {
  known = context.sandbox.ledger.tweets().length;
  folder = mkdtempSync(join(tmpdir(), 'examples-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A medium of the sandbox's, as a file. */
async function fileOf(name, spec) {
  const path = join(folder, name);
  writeFileSync(path, await bytesOf(spec));
  return path;
}

/** Starts an example, with the credentials of the sandbox's user. */
function start(name, args = [], env = {}) {
  const { accessToken, refreshToken, expiresAt } = context.user.oauth2;
  return spawn(process.execPath, [join(root, 'examples', name), ...args], {
    cwd: folder,
    env: {
      ...process.env,
      X_OAUTH2_TOKEN: accessToken,
      X_REFRESH_TOKEN: refreshToken,
      X_TOKEN_EXPIRES_AT: String(expiresAt),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs an example to its end. */
async function run(name, args, env) {
  const child = start(name, args, env);
  const output = { stdout: '', stderr: '' };
  for (const stream of /** @type {const} */ (['stdout', 'stderr'])) {
    child[stream].setEncoding('utf8').on('data', (text) => {
      output[stream] += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code, ...output };
}

test('each example has its line in the README, and its test here', () => {
  const readme = readFileSync(join(root, 'examples/README.md'), 'utf8');
  const tests = readFileSync(__filename, 'utf8');
  const programs = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.mjs'));
  expect(programs.length).toBeGreaterThan(9);
  for (const name of programs) {
    expect(readme).toContain(`[${name}](${name})`);
    expect(tests).toContain(`'${name}'`);
  }
});

test.each([
  ['once.mjs', ['lamp'], 'Give TEXT: node examples/once.mjs ID TEXT'],
  ['thread.mjs', [], 'Give FILE: node examples/thread.mjs FILE'],
  ['tokens.mjs', [], 'Give FOLDER and TEXT: node examples/tokens.mjs FOLDER TEXT'],
  ['video.mjs', ['A film'], 'Give FILE: node examples/video.mjs TEXT FILE'],
  ['resume.mjs', [], 'Give TEXT and FILE and CHECKPOINT: node examples/resume.mjs TEXT FILE CHECKPOINT'],
  ['sign-in.mjs', [], expect.stringMatching(/^Set X_CLIENT_ID, .*\.$/)],
  ['webhook.mjs', [], expect.stringMatching(/^Set X_API_SECRET: .*\.$/)],
])('%s with %p says in a sentence what it lacks', async (name, args, sentence) => {
  const nothing = { X_CLIENT_ID: '', TWITTER_CLIENT_ID: '', X_API_SECRET: '' };
  const { code, stdout, stderr } = await run(name, args, nothing);
  expect({ code, stdout, stderr: stderr.trim() }).toEqual({ code: 1, stdout: '', stderr: sentence });
});

test.each(['sign-in.mjs', 'webhook.mjs'])('%s says that its port is taken', async (name) => {
  const { port } = new URL(context.sandbox.url);
  const { code, stderr } = await run(name, [], { PORT: port, X_CLIENT_ID: 'id', X_API_SECRET: 'secret' });
  expect([code, stderr.trim()]).toEqual([1, `Port ${port} is taken. Set PORT to another one.`]);
});

describe('text', () => {
  test('publishes', async () => {
    const { code, stdout } = await run('text.mjs', ['Hello from an example']);
    expect([code, posts().map(({ id, text }) => [id, text])]).toEqual([0, [[idOf(stdout), 'Hello from an example']]]);
  });

  test('says what is wrong', async () => {
    const { code, stderr } = await run('text.mjs', ['x'.repeat(281)]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^INVALID_TWEET: .*280/)]);
    expect(await run('text.mjs', ['Hello'], { X_OAUTH2_TOKEN: '' })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Set X_OAUTH2_TOKEN/),
    });
    expect(posts()).toEqual([]);
  });
});

test('check counts and names what is wrong', async () => {
  expect(await run('check.mjs', ['See https://shop.example.com/lamp'])).toMatchObject({
    code: 0,
    stdout: '27 of 280\n',
  });
  const long = await run('check.mjs', ['語'.repeat(141)]);
  expect(long).toMatchObject({ code: 1, stdout: expect.stringMatching(/^282 of 280\ntext: /) });
});

test('pictures publishes a file and a URL, with descriptions, in the order given', async () => {
  const path = await fileOf('lamp.jpg', { kind: 'jpeg', seed: 61 });
  const url = context.url('/media/png?seed=62');
  const { stdout } = await run('pictures.mjs', ['Both sides', path, 'The front', url, 'The back']);
  expect(posts()).toEqual([expect.objectContaining({ id: idOf(stdout), text: 'Both sides' })]);
  expect(posts()[0].media.map(({ altText }) => altText)).toEqual(['The front', 'The back']);
});

test('video shows how far it is', async () => {
  const path = await fileOf('film.mp4', { kind: 'mp4', bytes: 300_000 });
  const { stdout } = await run('video.mjs', ['A film', path]);
  expect(stdout).toMatch(/^300000 of 300000 bytes$/m);
  expect(posts().map(({ id }) => id)).toEqual([idOf(stdout)]);
});

test('thread continues after the part that failed', async () => {
  const path = join(folder, 'story.md');
  writeFileSync(path, 'It was dark.\n\nThen there was light.\n\nIt was a lamp.\n');
  const problem = { title: 'Forbidden', type: 'about:blank', status: 403, detail: 'You are not permitted to do this' };
  const fault = { kind: 'status', status: 403, body: problem };
  context.sandbox.faults.add({ endpoint: 'createTweet', fault, attempt: 2 });
  const failed = await run('thread.mjs', [path]);
  expect(failed.code).toBe(1);
  expect(failed.stderr).toMatch(/^FORBIDDEN: /);
  expect(failed.stderr).toMatch(/^1 of 3 are out/m);
  const { code, stdout } = await run('thread.mjs', [path]);
  expect([code, stdout.trim().split('\n')]).toEqual([0, [expect.any(String), expect.any(String), expect.any(String)]]);
  expect(posts().map(({ text }) => text)).toEqual(['It was dark.', 'Then there was light.', 'It was a lamp.']);
});

test('once publishes once for an id, in three processes at once and afterwards', async () => {
  const args = ['product-42', 'The lamp is back'];
  const ends = await Promise.all([1, 2, 3].map(() => run('once.mjs', args)));
  expect(posts()).toHaveLength(1);
  for (const { code, stdout, stderr } of ends) {
    if (code === 0) expect(idOf(stdout)).toBe(posts()[0].id);
    else expect(stderr).toMatch(/^IN_PROGRESS: /);
  }
  const later = await run('once.mjs', args);
  expect([later.code, idOf(later.stdout)]).toEqual([0, posts()[0].id]);
  expect(posts()).toHaveLength(1);
});

test('resume continues an upload whose process was killed', async () => {
  const path = await fileOf('film.mp4', { kind: 'mp4', bytes: 300_000 });
  const kept = join(folder, 'film.checkpoint');
  const { faults, ledger } = context.sandbox;
  faults.add({ endpoint: 'finalizeUpload', fault: { kind: 'hang' }, times: 1 });
  const child = start('resume.mjs', ['A film', path, kept]);
  await ledger.waitFor(() => ledger.requests({ endpoint: 'finalizeUpload' }).length > 0);
  child.kill('SIGKILL');
  await once(child, 'close');

  const { code, stdout } = await run('resume.mjs', ['A film', path, kept]);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^resumed from [A-Z_]+$/m)]);
  expect(posts().map(({ id }) => id)).toEqual([idOf(stdout)]);
  expect(ledger.requests({ endpoint: 'appendUpload' })).toHaveLength(1);
});

test('tokens are refreshed once by two processes, and kept', async () => {
  const user = context.sandbox.seedUser();
  const { accessToken, refreshToken } = user.oauth2;
  const env = { X_OAUTH2_TOKEN: accessToken, X_REFRESH_TOKEN: refreshToken, X_TOKEN_EXPIRES_AT: '1' };
  const row = join(folder, 'tokens');
  const ends = await Promise.all(['One lamp', 'Two chairs'].map((text) => run('tokens.mjs', [row, text], env)));
  expect(ends.map(({ code }) => code)).toEqual([0, 0]);
  expect(
    posts()
      .map(({ text }) => text)
      .sort(),
  ).toEqual(['One lamp', 'Two chairs']);
  expect(context.sandbox.ledger.requests({ endpoint: 'token' })).toHaveLength(1);
});

test('sign-in signs in', async () => {
  const child = start('sign-in.mjs', [], { PORT: '0' });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value: first } = await lines.next();
  const page = await fetch(first.replace(/^Open /, ''));
  expect(await page.text()).toMatch(/^Signed in as @/);
  expect((await lines.next()).value).toMatch(/^Signed in as @\S+; scopes: .*tweet\.write/);
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
});

test('metrics reads what is there, and says what is not', async () => {
  const published = await run('text.mjs', ['To be measured']);
  const id = String(idOf(published.stdout));
  const { code, stdout } = await run('metrics.mjs', [id, '1']);
  expect([code, stdout]).toEqual([0, expect.stringMatching(new RegExp(`^${id}: 0 likes, .*\n1: .+\n$`))]);
});

test('webhook answers the check, takes what is signed and refuses the rest', async () => {
  const secret = context.sandbox.env.X_API_SECRET;
  const sign = (/** @type {string} */ text) => `sha256=${createHmac('sha256', secret).update(text).digest('base64')}`;
  const child = start('webhook.mjs', [], { PORT: '0' });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const url = String((await lines.next()).value).replace('Listening on ', '');
  const check = await fetch(`${url}/?crc_token=abc`);
  expect(await check.json()).toEqual({ response_token: sign('abc') });

  const body = '{"data":{"event_type":"post.create"}}';
  const send = (/** @type {string} */ signature) =>
    fetch(url, { method: 'POST', body, headers: { 'x-twitter-webhooks-signature': signature } });
  expect((await send(sign('something else'))).status).toBe(403);
  expect((await send(sign(body))).status).toBe(200);
  expect((await lines.next()).value).toMatch(/post\.create/);
  child.kill();
  await once(child, 'close');
});
