// Starts the sandbox: npm run sandbox [-- --port 4010 --host 127.0.0.1 --json]
import { ensureNodeModules } from './lib/ensure.mjs';
import { run } from './lib/steps.mjs';

ensureNodeModules('sandbox');
run('node', ['sandbox/bin/sandbox.js', ...process.argv.slice(2)]);
