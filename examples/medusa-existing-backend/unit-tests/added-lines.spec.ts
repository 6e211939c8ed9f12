import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const MOST = 20;

/** Whatever uses the sub-path, by itself or by the constants that go with it. */
const USES = /from '(twitter-native\/medusa|\.{1,2}\/.*publishing)'/;
/** Constants alone: where the state lies, and how long things take. */
const CONFIGURATION = ['src/workflows/socials/publishing.ts'];

/** A file's lines of code: without imports, comments, a job's configuration, and brackets that stand alone. */
function linesOf(path: string): string[] {
  const code = readFileSync(join(ROOT, path), 'utf8')
    .replace(/^import [^;]*;$/gm, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^export const config = [^;]*;$/gm, '');
  return code
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /\w/.test(line) && !line.startsWith('//'));
}

/** What a file has that it did not have before; all of it, if it was not there. */
function addedTo(path: string): string[] {
  const before = path.replace('src/', 'before/');
  const left = existsSync(join(ROOT, before)) ? linesOf(before) : [];
  return linesOf(path).filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

test(`a backend adds at most ${MOST} lines, outside of imports and configuration`, () => {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/${name}`);
  const using = files.filter((path) => USES.test(readFileSync(join(ROOT, path), 'utf8')));
  const changed = using.filter((path) => !CONFIGURATION.includes(path));
  expect(changed).toContain('src/workflows/socials/publish-post.ts');
  const added = changed.flatMap(addedTo);
  // The column; its migration is written by `medusa db:generate`.
  const column = linesOf('src/modules/socials/models/SocialPost.ts').filter((line) =>
    line.startsWith('twitter_intent:'),
  );
  expect(column).toHaveLength(1);
  expect([...added, ...column].slice(MOST)).toEqual([]);
  expect(added.join('\n')).toMatch(/publishOnce/);
});
