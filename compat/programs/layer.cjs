// As in a function with a layer: the handler lies elsewhere, and what it requires is found by NODE_PATH.
'use strict';

const { spawnSync } = require('node:child_process');
const { copyFileSync, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const task = mkdtempSync(join(tmpdir(), 'function-'));
try {
  for (const file of ['program.cjs', 'exercise.cjs']) copyFileSync(join(__dirname, file), join(task, file));
  const env = { ...process.env, NODE_PATH: join(__dirname, 'node_modules') };
  const { status } = spawnSync(process.execPath, ['program.cjs'], { cwd: task, env, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(task, { recursive: true });
}
