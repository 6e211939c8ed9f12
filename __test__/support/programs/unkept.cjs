'use strict';

// Uploads a stream that does not tell its length and takes more than it may have of the memory, and says how that ends.
const { Readable } = require('node:stream');
const { uploadMedia } = require('../../../index.js');

const [, , token] = process.argv;
const beginning = Buffer.from('\0\0\0\x10ftypisom\0\0\0\0\0\xff\0\0mdat', 'latin1');
const stream = Readable.from([beginning, ...Array.from({ length: 40 }, () => Buffer.alloc(100_000))]);
const client = { upload: { maxBufferedBytes: 1024 * 1024 } };
uploadMedia({ stream, filename: 'lamp.mp4' }, token, { client }).catch(({ code, message }) => {
  console.log(JSON.stringify({ code, message }));
});
