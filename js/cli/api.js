'use strict';

const { CliError, EXIT } = require('./failure.js');

/**
 * The package itself. It is loaded when a command needs it: `--help` works without a binary for this system.
 * @returns {typeof import('../../index.js')}
 */
function api() {
  try {
    return require('../../index.js');
  } catch (error) {
    // The loader says what is wrong and what to do.
    throw new CliError('NOT_LOADED', /** @type {Error} */ (error).message, EXIT.unexpected);
  }
}

module.exports = { api };
