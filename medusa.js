'use strict';

const { toMedusaError } = require('./js/medusa/errors.js');
const { publishOnce, resolveDoubt } = require('./js/medusa/publish.js');
const { resumeUnfinished } = require('./js/medusa/resume.js');
const { jsonRow } = require('./js/medusa/row.js');
const { platformTokens } = require('./js/medusa/tokens.js');

// Named one by one, so that ESM finds the names of this CommonJS module.
exports.jsonRow = jsonRow;
exports.platformTokens = platformTokens;
exports.publishOnce = publishOnce;
exports.resolveDoubt = resolveDoubt;
exports.resumeUnfinished = resumeUnfinished;
exports.toMedusaError = toMedusaError;
