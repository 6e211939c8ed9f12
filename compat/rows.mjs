// All rows of docs/compatibility.md, in its order.
import * as bundlers from './rows/bundlers.mjs';
import * as managers from './rows/managers.mjs';
import * as node from './rows/node.mjs';
import * as runtimes from './rows/runtimes.mjs';
import * as testing from './rows/testing.mjs';
import * as typescript from './rows/typescript.mjs';

export const rows = [node, runtimes, typescript, testing, managers, bundlers].flatMap((group) => group.rows);
