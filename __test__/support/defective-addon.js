'use strict';

const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const folder = join(__dirname, '../../target/defective-addon');

/** The build with the feature `test-hooks`, which has defects on purpose. The test script makes it. */
function defectiveAddon() {
  const binary = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.node')) : undefined;
  if (!binary) throw new Error('the build with defects is missing: npm run build:defective makes it');
  return join(folder, binary);
}

module.exports = { defectiveAddon };
