// Starts a Medusa shop with the plugin, its admin and the sandbox: npm run demo:medusa [-- --port 9000 --trace --exit --built]

import { fillShop } from '../tools/lib/demo-shop.mjs';
import { checkTraces } from '../tools/lib/demo-traces.mjs';
import { ensureAddon } from '../tools/lib/ensure.mjs';
import { ADMIN, ensureShop, startShop } from '../tools/lib/medusa-shop.mjs';
import { readOptions } from '../tools/lib/options.mjs';
import { requirePort } from '../tools/lib/ports.mjs';
import { startCollector } from '../tools/lib/trace-collector.mjs';

const { values } = readOptions({
  options: {
    port: { type: 'string' },
    'sandbox-port': { type: 'string', default: '0' },
    /** Prints what Medusa's tracing saw of a publish. */
    trace: { type: 'boolean', default: false },
    /** Checks that all of it answers and is traced, and ends. */
    exit: { type: 'boolean', default: false },
    /** The addon is built. */
    built: { type: 'boolean', default: false },
  },
});

await checkPorts();
if (!values.built) ensureAddon();
ensureShop();
const collector = values.trace || values.exit ? await startCollector() : undefined;
const shop = await startShop({
  port: values.port ? Number(values.port) : values.exit ? undefined : 9000,
  sandboxPort: Number(values['sandbox-port']),
  report: (step) => console.log(`  ${step} …`),
  ...(collector ? { tracesTo: collector.url } : {}),
});

/** What starts after minutes is looked at first. */
async function checkPorts() {
  const wanted = { port: values.port ?? (values.exit ? '0' : '9000'), 'sandbox-port': values['sandbox-port'] };
  for (const [name, port] of Object.entries(wanted)) await requirePort(name, port);
}

/** @param {number} code */
async function end(code) {
  await shop.stop();
  collector?.close();
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end(0));

try {
  console.log('  publishing …');
  await fillShop(shop, ADMIN);
  const page = await fetch(`${shop.url}/app`);
  if (!page.ok) throw new Error(`The admin answered ${page.status}`);
  const trace = collector && (await checkTraces(collector));
  if (trace && values.trace) console.log(`\nOne publish, as Medusa’s tracing saw it:\n\n${trace}`);
  console.log(`\nThe admin:   ${shop.url}/app/twitter/posts`);
  console.log(`Sign in as   ${ADMIN.email} with ${ADMIN.password}`);
  console.log(`X's stand-in: ${shop.sandbox.url}/\n`);
} catch (error) {
  console.error(error);
  await end(1);
}
if (values.exit) await end(0);
console.log('Ctrl+C ends all of it.');
