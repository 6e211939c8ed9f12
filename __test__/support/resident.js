'use strict';

const { readFileSync } = require('node:fs');

const PAGE_BYTES = 4096;
/** How often it is looked at. */
const LOOK_MS = 5;

/** The memory that the process has now, in bytes: from Linux itself where there is one, which is cheap to ask. */
function resident() {
  if (process.platform !== 'linux') return process.memoryUsage.rss();
  return Number(readFileSync('/proc/self/statm', 'utf8').split(' ')[1]) * PAGE_BYTES;
}

/** Watches for the most that the process has, in bytes, from now until `end` is called, which gives it. */
function watchPeak() {
  let peak = resident();
  const watch = setInterval(() => {
    peak = Math.max(peak, resident());
  }, LOOK_MS);
  return {
    end() {
      clearInterval(watch);
      return peak;
    },
  };
}

module.exports = { resident, watchPeak };
