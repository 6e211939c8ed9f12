// ES modules see a CommonJS module's default in two ways: Node gives all of `module.exports`, Bun and bundlers its
// `default` if it says `__esModule`. What the package exports is the same in both.
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

const root = join(__dirname, '..');

const PROGRAM = `
const { readFileSync } = require('node:fs');
const vm = require('node:vm');
const commonjs = require('./index.js');

async function load(defaultExport) {
  const names = Object.keys(commonjs).filter((name) => name !== 'default');
  const inner = new vm.SyntheticModule([...names, 'default'], () => {
    for (const name of names) inner.setExport(name, commonjs[name]);
    inner.setExport('default', defaultExport);
  });
  const outer = new vm.SourceTextModule(readFileSync('./index.mjs', 'utf8'));
  await outer.link(() => inner);
  await outer.evaluate();
  return outer.namespace;
}

(async () => {
  for (const defaultExport of [commonjs, commonjs.default]) {
    const { default: found, publishTweetWithMedia } = await load(defaultExport);
    console.log(found === commonjs.TwitterService, publishTweetWithMedia === commonjs.publishTweetWithMedia);
  }
})();
`;

test('the default export is the class, however the runtime reads CommonJS', () => {
  const printed = execFileSync(process.execPath, ['--experimental-vm-modules', '--no-warnings', '-e', PROGRAM], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(printed).toBe('true true\ntrue true\n');
});
