// Before a folder of npm/ is packed: without its binary it would be an empty package.
import { existsSync } from 'node:fs';
import { manifestOf } from '../tools/lib/pack.mjs';
import { refuse } from '../tools/lib/requirements.mjs';

const { name, main } = manifestOf(process.cwd());
if (!existsSync(main)) {
  refuse(`${name} is not packed: ${main} is missing. \`npm run pack:all\` packs it, with the binary.`);
}
