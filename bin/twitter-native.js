#!/usr/bin/env node
'use strict';

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 20) {
  process.stderr.write(`twitter-native needs Node 20 or later; this is ${process.version}.\n`);
  process.exit(2);
}

require('../js/cli/main.js').main(process.argv.slice(2));
