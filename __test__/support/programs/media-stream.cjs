'use strict';

// Uploads a stream that fails as soon as the call was made, and says how that ends.
const { Readable } = require('node:stream');
const { publishThread, uploadMedia } = require('../../../index.js');

async function main() {
  const [, , token, name] = process.argv;
  const stream = new Readable({ read() {} });
  const calls = {
    uploadMedia: () => uploadMedia({ stream }, token),
    publishThread: () => publishThread([{ text: 'One' }, { text: 'Two', media: [{ stream }] }], token),
  };
  const call = calls[name]();
  stream.destroy(new Error('the disk is gone'));
  await call.catch((error) => console.log(error.code));
}

main();
