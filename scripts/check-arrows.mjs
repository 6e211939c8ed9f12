// Holds the code against the floors of docs/architecture.md: no arrow points up, and none goes in a circle. And Rust's tests
// against their one place.
//   node scripts/check-arrows.mjs [--root FOLDER]
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { arrowsUp, circles, roomsWithoutFloor } from '../tools/lib/arrows/graph.mjs';
import { javascriptGraph } from '../tools/lib/arrows/javascript.mjs';
import { rustGraph } from '../tools/lib/arrows/rust.mjs';
import { strayTests } from '../tools/lib/arrows/rust-tests.mjs';
import { readOptions } from '../tools/lib/options.mjs';
import { root as own } from '../tools/lib/steps.mjs';

const PAGE = 'docs/architecture.md';
/** Models of Medusa name each other, since their relations go both ways. */
const MAY_CIRCLE = /(^|\/)modules\/\w+\/models\//;

const { values } = readOptions({ options: { root: { type: 'string', default: own } } });
const root = resolve(values.root);
const page = readFileSync(join(root, PAGE), 'utf8');
const trees = [...page.matchAll(/^```floors (\S+)\n([\s\S]*?)^```$/gm)];
if (trees.length === 0) throw new Error(`${PAGE} has no floors`);

const crossed = trees.flatMap(([, folder, text]) => {
  const path = join(root, /** @type {string} */ (folder));
  const floors = /** @type {string} */ (text)
    .trim()
    .split('\n')
    .map((line) => line.split(/\s+/).filter(Boolean));
  const files = existsSync(join(path, 'lib.rs')) ? rustGraph(path) : javascriptGraph(path);
  if (files.size === 0) return [`${folder} has no sources`];
  return [
    ...arrowsUp(files, floors),
    ...circles(files)
      .filter((members) => !members.every((member) => MAY_CIRCLE.test(member)))
      .map((members) => `${members.join(', ')} use each other`),
    ...roomsWithoutFloor(files, floors).map((room) => `${room} is on no floor of ${PAGE}`),
  ].map((sentence) => `${folder}: ${sentence}`);
});

const wrong = [...crossed, ...strayTests(root)];

for (const sentence of wrong) console.log(sentence);
console.log(wrong.length === 0 ? `Arrows: ${trees.length} trees, all point down` : `Arrows: ${wrong.length} are wrong`);
process.exit(wrong.length === 0 ? 0 : 1);
