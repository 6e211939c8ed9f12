// Before a folder of npm/ is packed: without its binary it would be an empty package.
import { existsSync } from 'node:fs';
import { manifestOf } from './lib/pack.mjs';
import { refuse } from './lib/requirements.mjs';

const { name, main } = manifestOf(process.cwd());
if (!existsSync(main)) {
  refuse(`${name} is not packed: ${main} is missing. Gather the binaries in artifacts/ and run \`npm run artifacts\`.`);
}
