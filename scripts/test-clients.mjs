// Drives the sandbox with the clients that apps use: npm run test:clients
import { join } from 'node:path';
import { ensureNodeModules } from './lib/ensure.mjs';
import { root, run } from './lib/steps.mjs';

ensureNodeModules('sandbox');
run('npm', ['run', '--silent', 'test:clients'], { cwd: join(root, 'sandbox') });
