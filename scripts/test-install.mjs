// Installs the packages as users do, into shops of several Medusa versions, and uses them there. An installation has
// about 1 GB and a build takes minutes, so this is no part of npm test:
//   npm run test:install [-- --medusa 2.21.2 --project new --built]
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPages } from '../medusa/browser-tests/support/shop-pages.mjs';
import { ensureAddon, ensureNodeModules } from '../tools/lib/ensure.mjs';
import { ADMIN, ensurePlugin, startShop } from '../tools/lib/medusa-shop.mjs';
import { readOptions } from '../tools/lib/options.mjs';
import { manifestOf } from '../tools/lib/pack.mjs';
import { npmInstall, startPackedRegistry } from '../tools/lib/packed.mjs';
import * as shops from '../tools/lib/packed-shop.mjs';
import { Admin } from '../tools/lib/shop-admin.mjs';
import { root } from '../tools/lib/steps.mjs';

/** The oldest one that the plugin supports, and the one that it is developed with. */
const VERSIONS = ['2.19.0', manifestOf(join(root, 'medusa')).devDependencies['@medusajs/medusa']];
const PROJECTS = ['new', 'standing'];
/** Small, and nothing of a shop's needs it. */
const SOMETHING_ELSE = 'is-sorted@1.0.5';

const { values } = readOptions({
  options: {
    medusa: { type: 'string', multiple: true, default: VERSIONS },
    /** `new` has no lock file; `standing` was installed before. */
    project: { type: 'string', multiple: true, default: PROJECTS },
    /** The addon is built. */
    built: { type: 'boolean', default: false },
  },
});

const began = Date.now();
const say = (/** @type {string} */ text) =>
  console.log(`${String(Math.round((Date.now() - began) / 1000)).padStart(5)} s  ${text}`);

/** @param {string} folder @param {NodeJS.ProcessEnv} env @param {string} project */
function install(folder, env, project) {
  if (project === 'new') {
    shops.installOurs(folder, env);
  } else {
    npmInstall(folder, env);
    const before = shops.installed(folder);
    say(`the shop has ${before.size} packages`);
    shops.installOurs(folder, env);
    assert.deepEqual(shops.lostBetween(before, shops.installed(folder)), []);
  }
  const before = shops.installed(folder);
  say(`with ours it has ${before.size}`);
  assert.deepEqual(shops.misplaced(before), []);
  npmInstall(folder, env, [SOMETHING_ELSE]);
  const after = shops.installed(folder);
  assert.deepEqual(shops.lostBetween(before, after), []);
  say(`with something else ${after.size}`);
}

/** @param {string} folder */
async function use(folder) {
  say('building');
  const shop = await startShop({ cwd: await shops.buildShop(folder), report: say });
  try {
    shop.sandbox.seedUser({ username: 'lampshop', name: 'The Lamp Shop' });
    const admin = new Admin(shop.url);
    await admin.signIn(ADMIN);
    const account_id = await admin.connect();
    const { products } = await admin.call('/admin/products?order=created_at');
    const picture = { url: `${shop.sandbox.url}/media/jpeg?width=600&height=400`, alt_text: 'A lamp' };
    const caption = 'A lamp from a tarball';
    const post = { account_id, caption, media_attachments: [picture], product_id: products[0].id };
    const published = await admin.publish(post);
    const draft = await admin.draft({ account_id, caption: 'Not yet' });
    const tweets = shop.sandbox.ledger.tweets();
    assert.deepEqual(
      tweets.map(({ text, media }) => [text, media.length]),
      [[caption, 1]],
    );
    say('published; opening each page');
    assert.deepEqual(
      await openPages(shop.url, { published: published.id, draft: draft.id, caption, product: products[0] }),
      [],
    );
  } finally {
    await shop.stop();
  }
}

if (!values.built) ensureAddon();
ensureNodeModules('sandbox');
ensurePlugin();
const registry = await startPackedRegistry();
let failed = 0;
try {
  say('the registry has what would be published');
  for (const medusa of values.medusa) {
    for (const project of values.project) {
      console.log(`\n── Medusa ${medusa}, a ${project} project`);
      const folder = mkdtempSync(join(tmpdir(), 'twitter-native-shop-'));
      try {
        shops.writeProject(folder, medusa);
        install(folder, registry.env, project);
        await use(folder);
        say('done');
      } catch (error) {
        failed += 1;
        console.error(error);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
  }
} finally {
  await registry.stop();
}
const all = values.medusa.length * values.project.length;
console.log(`\nInstallations: ${all - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
