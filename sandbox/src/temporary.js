'use strict';

const { mkdtempSync, rmSync } = require('node:fs');
const { rm } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** The folders of this process's sandboxes. @type {Set<string>} */
const folders = new Set();

function removeAll() {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** @param {NodeJS.Signals} signal */
function onSignal(signal) {
  removeAll();
  for (const name of SIGNALS) process.off(name, onSignal);
  // Listening to a signal keeps it from ending the process, which is not ours to decide.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

/** One listener each, for however many sandboxes. */
function listen() {
  unlisten();
  process.on('exit', removeAll);
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function unlisten() {
  process.off('exit', removeAll);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

/** A new folder, which goes with `remove` or with the process. */
function temporaryFolder() {
  listen();
  const path = mkdtempSync(join(tmpdir(), 'twitter-native-sandbox-'));
  folders.add(path);
  return {
    path,
    async remove() {
      await rm(path, { recursive: true, force: true });
      if (folders.delete(path) && folders.size === 0) unlisten();
    },
  };
}

module.exports = { temporaryFolder };
