'use strict';

/**
 * Lets X's clock run ahead with each look at the timeline, so that a post that is not there is found missing soon.
 * @param {import('../../sandbox/index.js').Sandbox} sandbox
 * @param {AbortSignal} signal
 */
async function hurry({ clock, ledger }, signal) {
  const reads = () => ledger.requests({ endpoint: 'userTimeline' }).length;
  while (!signal.aborted) {
    const before = reads();
    await ledger.waitFor(() => reads() > before, { signal }).catch(() => {});
    if (!signal.aborted) clock.advance(61_000);
  }
}

module.exports = { hurry };
