import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What was asked of it. */
export interface S3Request {
  method: string;
  path: string;
  /** By the access key, or by nobody. */
  signedBy: string | undefined;
}

/** As much of S3 as reading and writing objects needs, by path (`/bucket/key`), and to nobody without a signature. */
export async function startFakeS3() {
  const objects = new Map<string, Buffer>();
  const requests: S3Request[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const path = decodeURIComponent(new URL(url, 'http://s3').pathname);
    const signedBy = /^AWS4-HMAC-SHA256 Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1];
    requests.push({ method, path, signedBy });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = (status: number, body: Buffer | string = '') => response.writeHead(status).end(body);
    if (signedBy === undefined) return answer(403, '<Error><Code>AccessDenied</Code></Error>');
    if (method === 'PUT') {
      objects.set(path, Buffer.concat(chunks));
      return answer(200);
    }
    const object = objects.get(path);
    return object ? answer(200, object) : answer(404, '<Error><Code>NoSuchKey</Code></Error>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
