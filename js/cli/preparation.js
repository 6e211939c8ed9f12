'use strict';

const { basename } = require('node:path');

/** @typedef {import('../../index.js').MediaPreparation} MediaPreparation */
/** @typedef {import('../../index.js').PictureForm} PictureForm */

/**
 * What is done with a medium before it goes up, in words; `undefined` if nothing is.
 * @param {string} source a path or a URL
 * @param {MediaPreparation} preparation
 */
function preparationLine(source, { action, removes, from, to }) {
  if (action === 'none') return undefined;
  const removed = removes.length > 0 ? `without ${removes.join(', ')}` : '';
  const fitted = action === 'fit' ? `${formOf(from)} becomes ${formOf(to)}` : '';
  return `  ${nameOf(source)}: ${[fitted, removed].filter(Boolean).join(', ')}`;
}

/** @param {PictureForm} form */
function formOf({ contentType, width, height, bytes }) {
  const type = contentType?.replace(/^image\//, '').toUpperCase();
  const size = width && height ? `${width} × ${height}` : undefined;
  return [type, size, bytes === undefined ? undefined : `${bytes.toLocaleString('en')} bytes`]
    .filter(Boolean)
    .join(' · ');
}

/** What a medium is called: a URL may have secrets in its query. @param {string} source */
const nameOf = (source) => basename(URL.canParse(source) ? new URL(source).pathname : source);

module.exports = { preparationLine };
