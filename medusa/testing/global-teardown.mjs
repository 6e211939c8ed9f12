/** Stops what `global-setup.mjs` started. */
export default async function tearDown() {
  await /** @type {any} */ (globalThis).postgres.stop();
}
