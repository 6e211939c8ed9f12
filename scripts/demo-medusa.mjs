// Starts a Medusa shop with the plugin, its admin and the sandbox: npm run demo:medusa [-- --port 9000 --exit --built]
import { parseArgs } from 'node:util';
import { fillShop } from './lib/demo-shop.mjs';
import { ensureAddon } from './lib/ensure.mjs';
import { ADMIN, ensureShop, startShop } from './lib/medusa-shop.mjs';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    'sandbox-port': { type: 'string', default: '0' },
    /** Checks that all of it answers, and ends. */
    exit: { type: 'boolean', default: false },
    /** The addon is built. */
    built: { type: 'boolean', default: false },
  },
});

if (!values.built) ensureAddon();
ensureShop();
const shop = await startShop({
  port: values.port ? Number(values.port) : values.exit ? undefined : 9000,
  sandboxPort: Number(values['sandbox-port']),
  report: (step) => console.log(`  ${step} …`),
});

/** @param {number} code */
async function end(code) {
  await shop.stop();
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end(0));

try {
  console.log('  publishing …');
  await fillShop(shop, ADMIN);
  const page = await fetch(`${shop.url}/app`);
  if (!page.ok) throw new Error(`The admin answered ${page.status}`);
  console.log(`\nThe admin:   ${shop.url}/app/twitter/posts`);
  console.log(`Sign in as   ${ADMIN.email} with ${ADMIN.password}`);
  console.log(`X's stand-in: ${shop.sandbox.url}/\n`);
} catch (error) {
  console.error(error);
  await end(1);
}
if (values.exit) await end(0);
console.log('Ctrl+C ends all of it.');
