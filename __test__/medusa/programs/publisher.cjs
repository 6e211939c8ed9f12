'use strict';

// A process of a backend: publishes a row's post, or resumes what is unfinished; may be killed at any time. It runs in the
// folder of a Medusa application, whose packages it uses.

const { createRequire } = require('node:module');
const { join } = require('node:path');
const { setTimeout: wait } = require('node:timers/promises');
const { platformTokens, publishOnce, resumeUnfinished } = require('../../../medusa.js');

const application = createRequire(join(process.cwd(), 'package.json'));
const knex = application('knex');

/**
 * @type {{ url: string, clicks?: number, row?: any, content: any, token?: string, platform?: string, options: any,
 *   resume?: any, untilOver?: boolean }}
 */
const job = JSON.parse(process.argv[2]);
const connection = knex({ client: 'pg', connection: job.url, pool: { min: 0, max: 10 } });
const container = { resolve: () => connection };

/** @param {object} message */
const tell = (message) => new Promise((resolve) => process.send?.(message, resolve));

function credentials() {
  return { token: job.platform ? platformTokens(container, job.platform) : job.token };
}

async function click() {
  for (;;) {
    try {
      const { tweetId, reconciled } = await publishOnce(container, job.row, job.content, credentials(), job.options);
      return { tweetId, reconciled };
    } catch (error) {
      if (error.code !== 'IN_PROGRESS' || !job.untilOver) return { code: error.code, message: error.message };
      await wait(20);
    }
  }
}

async function main() {
  if (job.resume) {
    const prepare = () => ({ content: job.content, credentials: credentials(), options: job.options });
    const { rows } = await resumeUnfinished(container, { ...job.resume, prepare });
    for (const { id, outcome, tweetId, error } of rows) await tell({ id, outcome, tweetId, code: error?.code });
  } else {
    for (const outcome of await Promise.all(Array.from({ length: job.clicks ?? 1 }, click))) await tell(outcome);
  }
  await connection.destroy();
  process.disconnect?.();
}

main();
