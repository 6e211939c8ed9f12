// Runs a program that tools/NAME/requirements.txt pins, and installs it first: node scripts/with-tool.mjs NAME PROGRAM …
import { join } from 'node:path';
import { ensurePythonTools } from '../tools/lib/python-tools.mjs';
import { refuse } from '../tools/lib/requirements.mjs';
import { run } from '../tools/lib/steps.mjs';

const [name, program, ...args] = process.argv.slice(2);
if (name === undefined || program === undefined) refuse('Which tool, and which of its programs?');
run(join(ensurePythonTools(name, `for ${program}`), program), args);
