'use strict';

const { once } = require('node:events');
const { connect, createServer } = require('node:net');
const { probeMedia, publishTweetWithMedia, uploadMedia } = require('twitter-native');
const { rejectionOf, useOwnEnvironment, useSandbox } = require('./support/harness.js');
const { bytesOf, callsToX } = require('./support/media.js');

const context = useSandbox();
const token = () => context.user.oauth2.accessToken;

useOwnEnvironment();

/** As in production: the sandbox's own variables are not set. */
function closeNetworks() {
  delete process.env.X_MEDIA_ALLOW_PRIVATE_NETWORKS;
}
function closeAll() {
  closeNetworks();
  delete process.env.X_MEDIA_ALLOW_HTTP;
}

/** Servers of this machine that answer nothing and count who connects. */
const listeners = { reached: 0 };
beforeAll(async () => {
  const server = createServer((socket) => {
    listeners.reached += 1;
    socket.destroy();
  });
  // Where there is IPv6 this takes connections to either loopback.
  server.listen(0, '::');
  await once(server, 'listening').catch(() => once(server.listen(0, '0.0.0.0'), 'listening'));
  listeners.server = server;
  listeners.port = server.address().port;
});
beforeEach(() => {
  listeners.reached = 0;
});
afterAll(() => new Promise((resolve) => listeners.server.close(resolve)));

/** How often somebody connected, with all that is on its way counted. */
async function reached() {
  const socket = connect(listeners.port, '127.0.0.1');
  await once(socket, 'close');
  return listeners.reached - 1;
}

/** The error of both an upload and a post. */
async function refused(url, mediaPolicy) {
  const options = { client: { mediaPolicy, retry: { maxAttempts: 1 } }, timeoutMs: 5000 };
  const error = await rejectionOf(uploadMedia(url, token(), options));
  expect(error).toMatchObject({
    code: 'MEDIA_FORBIDDEN_HOST',
    type: 'not_allowed',
    operation: 'uploadMedia',
    retryable: false,
  });
  return error;
}

/** The listener, where an operator lets every host have its port: only the address is against it. */
function listed(host) {
  return [`http://${host}:${listeners.port}/a.png`, { allowedHosts: [`*:${listeners.port}`] }];
}

describe('this machine, with private networks closed', () => {
  const IPV4 = [
    ...['127.0.0.1', '127.0.0.1.', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1'],
    ...[
      '017700000001',
      '0x7F.0x0.0x0.0x1',
      '0',
      '0.0.0.0',
      '１２７.０.０.１',
      '①②⑦.0.0.1',
      '127%2e0.0.1',
      '127。0。0。1',
    ],
  ];
  const IPV6 = ['[::1]', '[::]', '[::ffff:127.0.0.1]', '[0:0:0:0:0:ffff:7f00:1]', '[::127.0.0.1]'];
  const NAMES = ['localhost', 'LOCALHOST', 'localhost.', 'ｌｏｃａｌｈｏｓｔ', 'a.localhost', 'a.b.localhost.'];

  test.each([...IPV4, ...IPV6, ...NAMES])('is not reached as %s', async (host) => {
    closeNetworks();
    const [url, policy] = listed(host);
    const error = await refused(url, policy);
    expect(error.message).not.toContain('did not list');
    await expect(reached()).resolves.toBe(0);
  });

  test.each(IPV4)('is what %s means, where it is open', async (host) => {
    const [url, policy] = listed(host);
    const client = { mediaPolicy: { ...policy, allowPrivateNetworks: true }, retry: { maxAttempts: 1 } };
    const error = await rejectionOf(uploadMedia(url, token(), { client }));
    expect(error.code).toBe('MEDIA_SOURCE');
    await expect(reached()).resolves.toBe(1);
  });

  test('is not reached for a probe or a post either', async () => {
    closeNetworks();
    const [url, mediaPolicy] = listed('127.0.0.1');
    const client = { mediaPolicy };
    const probe = await rejectionOf(probeMedia(url, { client }));
    expect(probe).toMatchObject({ code: 'MEDIA_FORBIDDEN_HOST', operation: 'probeMedia' });
    const content = { text: 'Inside', media: [{ data: await bytesOf({ kind: 'jpeg' }) }, url] };
    const post = await rejectionOf(publishTweetWithMedia(content, token(), null, { client }));
    expect(post).toMatchObject({ code: 'MEDIA_FORBIDDEN_HOST', mediaIndex: 1 });
    const subtitles = [{ url, languageCode: 'EN', displayName: 'English' }];
    const video = [{ data: await bytesOf({ kind: 'mp4' }), subtitles }];
    const track = await rejectionOf(publishTweetWithMedia({ text: 'Inside', media: video }, token(), null, { client }));
    expect(track).toMatchObject({ code: 'MEDIA_FORBIDDEN_HOST', mediaIndex: 0 });
    expect(callsToX(context.sandbox)).not.toContain('createTweet');
    await expect(reached()).resolves.toBe(0);
  });
});

describe("other networks that are nobody's business", () => {
  test.each([
    ['private', ['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.1.1', '0xa.1', '167772161']],
    ['link-local and metadata', ['169.254.169.254', '169.254.0.1', '0xa9fea9fe', '169.254.43518', '168.63.129.16']],
    ["a carrier's", ['100.64.0.1', '100.127.255.255']],
    ['special', ['0.1.2.3', '192.0.0.1', '192.31.196.1', '192.52.193.1', '192.88.99.1', '192.175.48.1', '198.19.0.1']],
    ['documentation', ['192.0.2.1', '198.51.100.7', '203.0.113.9', '[2001:db8::1]', '[3fff::1]']],
    ['multicast and reserved', ['224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255', '[ff02::1]']],
    ["IPv6's own", ['[fc00::1]', '[fd12:3456::1]', '[fe80::1]', '[fec0::1]', '[100::1]', '[fd00:ec2::254]']],
    ['mapped', ['[::ffff:10.0.0.1]', '[::ffff:169.254.169.254]', '[::ffff:8.8.8.8]', '[::ffff:0:10.0.0.1]']],
    ['NAT64', ['[64:ff9b::10.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::1]']],
    ['6to4 and Teredo', ['[2002:7f00:1::1]', '[2002:a00:1::1]', '[2001::1]', '[2001:0:53aa:64c:0:0:f5ff:fffe]']],
    ['named', ['metadata.google.internal', 'METADATA.google.internal.', 'db.prod.internal', 'printer.local', 'redis']],
  ])('%s', async (_name, hosts) => {
    closeAll();
    for (const host of hosts) {
      const error = await refused(`https://${host}/latest/meta-data`);
      expect(error.message).toContain('is refused: media may not come from');
    }
  });
});

describe('a URL', () => {
  test.each([
    ['of plain http', 'http://cdn.example.com/a.png', 'a plain http URL'],
    ['of another port', 'https://cdn.example.com:8443/a.png', 'a port other than'],
    ['with a user name', 'https://user@cdn.example.com/a.png', 'a user name or password'],
    ['with a password', 'https://:secret@cdn.example.com/a.png', 'a user name or password'],
    ['that looks like one', 'https://cdn.example.com@10.0.0.1/a.png', 'a user name or password'],
    ['of a file', 'file:///etc/passwd', 'not https'],
    ['of its own data', 'data:image/png;base64,AAAA', 'not https'],
    ['of FTP', 'ftp://cdn.example.com/a.png', 'not https'],
    ['of a script', 'javascript:alert(1)', 'not https'],
    ['of a blob', 'blob:https://cdn.example.com/1', 'not https'],
    ['of a socket', 'ws://cdn.example.com/a.png', 'not https'],
  ])('%s is refused', async (_name, url, rule) => {
    closeAll();
    for (const source of [url, { url }]) {
      const error = await refused(source);
      expect(error.message).toContain(rule);
      expect(error.message).not.toContain('secret');
    }
  });

  test('of plain http is taken with X_MEDIA_ALLOW_HTTP or with allowHttp alone', async () => {
    const url = context.url('/media/jpeg');
    delete process.env.X_MEDIA_ALLOW_HTTP;
    const error = await refused(url);
    expect(error.message).toContain('a plain http URL');
    expect(context.sandbox.ledger.requests()).toEqual([]);
    const client = { mediaPolicy: { allowHttp: true } };
    await expect(uploadMedia(url, token(), { client })).resolves.toMatch(/^\d+$/);
  });
});

describe('mediaPolicy.allowedHosts', () => {
  const port = () => new URL(context.sandbox.url).port;
  const upload = (host, allowedHosts) =>
    uploadMedia(`http://${host}:${port()}/media/jpeg`, token(), { client: { mediaPolicy: { allowedHosts } } });

  test.each([
    ['a host and its port', '127.0.0.1', () => [`127.0.0.1:${port()}`]],
    ['one of several', '127.0.0.1', () => ['cdn.example.com', `127.0.0.1:${port()}`]],
    ['a name', 'localhost', () => [`localhost:${port()}`]],
    ['a name in other letters', 'LocalHost', () => [`LOCALHOST:${port()}`]],
  ])('takes %s', async (_name, host, allowed) => {
    await expect(upload(host, allowed())).resolves.toMatch(/^\d+$/);
  });

  test.each([
    ['another host', () => ['cdn.example.com', '*.example.com']],
    ['a host without its port', () => ['127.0.0.1']],
    ['another port', () => ['127.0.0.1:1']],
    ['the same place by another name', () => [`localhost:${port()}`]],
    ['a wildcard', () => [`*.0.0.2:${port()}`]],
    ['no host at all', () => []],
  ])('with %s refuses, also where private networks are open', async (_name, allowed) => {
    const error = await rejectionOf(upload('127.0.0.1', allowed()));
    expect(error).toMatchObject({ code: 'MEDIA_FORBIDDEN_HOST' });
    expect(error.message).toContain('a host that the operator did not list');
    expect(context.sandbox.ledger.requests()).toEqual([]);
  });

  test.each([
    ['example.com', '*.example.com'],
    ['badexample.com', '*.example.com'],
    ['cdn.example.com.evil.com', '*.example.com'],
    ['cdn.example.com', 'example.com'],
  ])('%s is not meant by %s', async (host, pattern) => {
    closeAll();
    const error = await refused(`https://${host}/a.png`, { allowedHosts: [pattern] });
    expect(error.message).toContain('did not list');
  });

  test.each(['localhost', '127.0.0.1'])(
    'that name %s with its port open it, by plain http, and nothing else',
    async (host) => {
      closeAll();
      const allowedHosts = ['*', `${host}:${port()}`];
      await expect(upload(host, allowedHosts)).resolves.toMatch(/^\d+$/);
      const other = await refused(`http://${host}:${listeners.port}/a.png`, { allowedHosts });
      expect(other.message).toContain(`'${host}:${listeners.port}' in mediaPolicy.allowedHosts`);
      const elsewhere = await refused('https://10.0.0.1/a.png', { allowedHosts });
      expect(elsewhere.message).toContain('RFC 1918');
      await expect(reached()).resolves.toBe(0);
    },
  );

  test('are named by the message where they would help', async () => {
    closeAll();
    const local = await refused('http://localhost:9000/static/a.png', {});
    expect(local.message).toContain("for this host alone mediaPolicy.allowedHosts: ['*', 'localhost:9000']");
    const minio = await refused('https://minio.example.com:9000/a.png', {});
    expect(minio.message).toContain("for this host alone mediaPolicy.allowedHosts: ['*', 'minio.example.com:9000']");
  });

  test('opens no private network', async () => {
    closeAll();
    const error = await refused('https://10.0.0.1/a.png', { allowedHosts: ['10.0.0.1'] });
    expect(error.message).toContain('RFC 1918');
  });
});

describe('a redirect', () => {
  const redirectTo = (target) => context.url(`/media/jpeg?redirect=${encodeURIComponent(target)}`);

  test.each([
    ['to a file', () => 'file:///etc/passwd', 'not https'],
    ['to FTP', () => 'ftp://cdn.example.com/a.png', 'not https'],
    ['to data', () => 'data:image/png;base64,AAAA', 'not https'],
    ['with a password', () => `http://user:secret@127.0.0.1:${listeners.port}/a.png`, 'a user name or password'],
    ['to a host that is not listed', () => `http://localhost:${listeners.port}/a.png`, 'did not list'],
    ['to another port of a listed host', () => `//127.0.0.1:${listeners.port}/a.png`, 'did not list'],
    ['through another redirect', () => redirectTo(`http://[::1]:${listeners.port}/a.png`), 'did not list'],
  ])('%s is refused, and nothing connects', async (_name, target, rule) => {
    const allowedHosts = [new URL(context.sandbox.url).host];
    const error = await refused(redirectTo(target()), { allowedHosts });
    expect(error.message).toContain('is refused, since it redirects to');
    expect(error.message).toContain(rule);
    expect(error.message).not.toContain('secret');
    await expect(reached()).resolves.toBe(0);
    expect(callsToX(context.sandbox)).toEqual([]);
  });
});
