// Each kind of stream that Node has.
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { ReadableStream as WebStream } from 'node:stream/web';
import { type CallOptions, uploadMedia } from 'twitter-native';

async function* chunks() {
  yield 'a text';
}

export async function upload(token: string, response: Response, options: CallOptions): Promise<string[]> {
  const streams = [
    Readable.from([]),
    createReadStream('a.mp4'),
    Readable.toWeb(Readable.from([])),
    new WebStream<Uint8Array>(),
    new ReadableStream<Uint8Array>(),
    new Blob([]).stream(),
    new Blob([]),
    chunks(),
  ];
  if (response.body) streams.push(response.body);
  if (options.signal) await fetch('https://example.test', { signal: options.signal });
  return Promise.all(streams.map((stream) => uploadMedia({ stream }, token, options)));
}

// @ts-expect-error a text is no stream
export const text = uploadMedia({ stream: 'a text' }, '');
// @ts-expect-error numbers are no bytes
export const numbers = uploadMedia({ stream: new ReadableStream<number>() }, '');
