'use strict';

const { once } = require('node:events');
const { createServer } = require('node:net');
const { createTweet, getUserProfile, refreshAccessToken } = require('twitter-native');
const { useSandbox } = require('./support/harness.js');

const WINDOW = { id: '7', username: 'lamp', name: 'Lamp' };

/**
 * An X over plain sockets. It answers each request as asked, and sends an answer to none when `stray` says so.
 * @param {{ at: 'at once' | 'later' | 'as the next is written', answer: string }} stray
 */
async function startX(stray) {
  const state = { posts: 0, requests: /** @type {string[]} */ ([]), strays: 0, connections: 0 };
  const sockets = new Set();
  /** Connections that have brought an answer. */
  const used = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    state.connections += 1;
    let text = '';
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket) && used.delete(socket));
    socket.on('data', (piece) => {
      text += piece;
      // Whoever wrote this request may have it in a buffer still, when the stray answer is on its way.
      if (stray.at === 'as the next is written') for (const old of used) write(old);
      let end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < end + 4 + length) return;
      end += 4;
      const [head] = text.split('\r\n');
      state.requests.push(head);
      const body = text.slice(end, end + length);
      text = '';
      answer(socket, head, body);
    });
  });
  const write = (socket) => {
    state.strays += 1;
    used.delete(socket);
    socket.write(stray.answer);
  };
  const answer = (socket, head, body) => {
    let json = JSON.stringify({ data: WINDOW });
    if (head.includes('/2/tweets')) {
      state.posts += 1;
      json = JSON.stringify({ data: { id: `${1000 + state.posts}`, text: JSON.parse(body).text } });
    } else if (head.includes('/oauth2/token')) {
      json = JSON.stringify({ token_type: 'bearer', access_token: 'mine', refresh_token: 'next', expires_in: 7200 });
    }
    const own = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${json.length}\r\n\r\n${json}`;
    if (stray.at === 'at once') {
      state.strays += 1;
      socket.write(own + stray.answer);
    } else {
      socket.write(own);
      used.add(socket);
      if (stray.at === 'later') setImmediate(() => used.has(socket) && write(socket));
    }
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return { state, url: `http://127.0.0.1:${server.address().port}`, close };
}

const http = (status, json) => {
  const body = JSON.stringify(json);
  return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
};
const answers = {
  "another post's": http('201 Created', { data: { id: '666', text: 'Another' } }),
  'a refusal': http('403 Forbidden', { title: 'Forbidden', detail: 'Not yours', type: 'about:blank', status: 403 }),
  "another account's tokens": http('200 OK', { token_type: 'bearer', access_token: 'another', refresh_token: 'x' }),
};
const times = ['at once', 'later', 'as the next is written'];

describe.each(times)('a stray answer that comes %s', (at) => {
  test.each(["another post's", 'a refusal'])('%s is not the one to a post', async (which) => {
    const x = await startX({ at, answer: answers[which] });
    const options = { client: { apiBaseUrl: x.url } };
    try {
      for (let count = 1; count <= 20; count += 1) {
        await getUserProfile('token', options).catch(() => {});
        const { id } = await createTweet({ text: `Post ${count}` }, 'token', options);
        expect([count, id]).toEqual([count, `${1000 + count}`]);
      }
      expect(x.state.posts).toBe(20);
      expect(x.state.strays).toBeGreaterThan(5);
    } finally {
      await x.close();
    }
  });

  test("another account's tokens are not the ones that are asked for", async () => {
    const x = await startX({ at, answer: answers["another account's tokens"] });
    const options = { clientId: 'id', clientSecret: 'secret', client: { apiBaseUrl: x.url } };
    try {
      for (let count = 1; count <= 20; count += 1) {
        await getUserProfile('token', options).catch(() => {});
        const tokens = await refreshAccessToken('refresh', options);
        expect([count, tokens.access_token]).toEqual([count, 'mine']);
      }
    } finally {
      await x.close();
    }
  });
});

describe.each([
  ['HTTP/1.1', { tls: true }, 8],
  ['HTTP/2', { tls: true, http2: true }, 1],
])('over %s', (_, options, connections) => {
  const context = useSandbox(options);

  test('posts have a connection of their own only where answers do not name their request', async () => {
    const { sandbox, user } = context;
    const client = { caCertificates: [sandbox.caCertificate] };
    for (let count = 1; count <= 8; count += 1) {
      await createTweet({ text: `Post ${count}` }, user.oauth2.accessToken, { client });
    }
    const used = sandbox.ledger.requests({ endpoint: 'createTweet' }).map(({ connection }) => connection);
    expect(used).toHaveLength(8);
    expect(new Set(used).size).toBe(connections);
  });
});

test.each([
  ['425 Too Early', 'UNEXPECTED_RESPONSE', 1],
  ['403 Forbidden', 'UNKNOWN_OUTCOME', 1],
])('a refusal of a post that breaks off counts by its status alone: %s', async (status, code, posts) => {
  let asked = 0;
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (piece) => {
      if (!piece.includes('POST /2/tweets')) return;
      asked += 1;
      socket.end(`HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"title":"Forb`);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const client = { apiBaseUrl: `http://127.0.0.1:${server.address().port}`, retry: { maxAttempts: 1 } };
  const error = await createTweet({ text: 'Broken off' }, 'token', { client, reconcile: { scheduleMs: [] } }).catch(
    (thrown) => thrown,
  );
  server.close();
  expect([error.code, asked]).toEqual([code, posts]);
});
