'use strict';

const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { useSandbox } = require('./support/harness.js');
const { runProgram } = require('./support/run.js');

const context = useSandbox();
// Built with the feature `panic-hooks` by the test script.
const folder = process.env.TWITTER_NATIVE_PANICKING_ADDON ?? join(__dirname, '../target/panicking-addon');

test('a panic becomes INTERNAL, shows nothing, and the process lives', async () => {
  const binary = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.node')) : undefined;
  if (!binary) throw new Error('the build that panics is missing: npm test makes it');
  const env = { NAPI_RS_NATIVE_LIBRARY_PATH: join(folder, binary) };
  const { code, stdout, stderr } = await runProgram('panic.cjs', { args: [context.user.oauth2.accessToken], env });
  expect(code).toBe(0);
  const { seen, text } = JSON.parse(stdout);
  expect(text).toBe('Still alive');
  expect(seen).toHaveLength(2);
  for (const error of seen) expect(error).toMatchObject({ code: 'INTERNAL', mine: true });
  expect(`${stdout}${stderr}`).not.toContain('a secret in a panic');
});
