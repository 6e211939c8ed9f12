'use strict';

const { channel, tracingChannel } = require('node:diagnostics_channel');
const otel = require('@opentelemetry/api');
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks');
const { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-base');
const {
  configure,
  createTweet,
  getAppBearerToken,
  getTweet,
  PublishIntent,
  publishThread,
  publishTweetWithMedia,
} = require('twitter-native');
const { watchCall } = require('../js/observation.js');
const { version } = require('../package.json');
const { rejectionOf, useSandbox } = require('./support/harness.js');

const context = useSandbox({ processingMs: 50 });
const token = () => context.user.oauth2.accessToken;
const quick = { client: { retry: { baseDelayMs: 1, budget: 10_000 } } };

/** A row in memory. */
function memoryStore() {
  /** @type {any} */
  let row;
  return {
    load: async () => row,
    store: async (state, expected) => {
      if (row?.version !== expected) return false;
      row = { state, version: (expected ?? 0) + 1 };
      return true;
    },
  };
}

describe('diagnostics channels', () => {
  /** Subscribes until the test is over. @param {string} name */
  const listen = (name) => {
    const messages = [];
    const subscriber = (message) => messages.push(message);
    channel(name).subscribe(subscriber);
    subscribed.push(() => channel(name).unsubscribe(subscriber));
    return messages;
  };
  const subscribed = [];
  afterEach(() => {
    for (const end of subscribed.splice(0)) end();
  });

  test('nobody who listens, nothing to do', () => {
    expect(watchCall('createTweet')).toBeUndefined();
    listen('twitter-native:publish');
    expect(watchCall('createTweet')).toBeDefined();
    expect(watchCall('getTweet')).toBeUndefined();
    listen('twitter-native:request');
    expect(watchCall('getTweet')).toBeDefined();
  });

  test('each attempt of each request, by its call', async () => {
    const messages = listen('twitter-native:request');
    context.sandbox.faults.add({ endpoint: 'getTweet', fault: { kind: 'status', status: 503 }, times: 1 });
    const { id } = await createTweet({ text: 'Told to a channel' }, token());
    await getTweet(id, token(), quick);
    expect(
      messages.map(({ operation, method, path, status, attempt }) => [operation, method, path, status, attempt]),
    ).toEqual([
      ['createTweet', 'POST', '/2/tweets', 201, 1],
      ['getTweet', 'GET', '/2/tweets/:id', 503, 1],
      ['getTweet', 'GET', '/2/tweets/:id', 200, 2],
    ]);
    const [post, first, second] = messages.map(({ call }) => call);
    expect([first === second, post === first]).toEqual([true, false]);
  });

  test('each publish, once it is over', async () => {
    const messages = listen('twitter-native:publish');
    const tweet = await publishTweetWithMedia({ text: 'A message of a post' }, token());
    const thread = await publishThread([{ text: 'A message of' }, { text: 'a thread' }], token());
    const error = await rejectionOf(createTweet({ text: '' }, token()));
    const created = await createTweet({ text: 'A message of creating' }, token());
    const row = memoryStore();
    const kept = await new PublishIntent(row).publish({ text: 'A message of an intent' }, token());
    await new PublishIntent(row).resume({ text: 'A message of an intent' }, token());
    await getTweet(tweet.tweetId, token());
    expect(messages).toEqual(
      [
        { operation: 'publishTweetWithMedia', result: tweet },
        { operation: 'publishThread', result: thread },
        { operation: 'createTweet', error },
        { operation: 'createTweet', result: created },
        { operation: 'PublishIntent.publish', result: kept },
        { operation: 'PublishIntent.resume', result: expect.objectContaining({ tweetId: kept.tweetId }) },
      ].map((message) => ({ call: expect.any(Number), durationMs: expect.any(Number), ...message })),
    );
    expect(new Set(messages.map(({ call }) => call)).size).toBe(messages.length);
  });

  test('each step of a publish, by a tracing channel', async () => {
    const steps = [];
    const subscribers = Object.fromEntries(
      ['start', 'end', 'asyncStart', 'asyncEnd', 'error'].map((step) => [
        step,
        (message) => steps.push([step, message]),
      ]),
    );
    tracingChannel('twitter-native:publish').subscribe(subscribers);
    subscribed.push(() => tracingChannel('twitter-native:publish').unsubscribe(subscribers));
    const result = await createTweet({ text: 'Traced step by step' }, token());
    expect(steps.map(([step]) => step)).toEqual(['start', 'end', 'asyncStart', 'asyncEnd']);
    const [, message] = steps[0];
    expect(message).toMatchObject({ operation: 'createTweet', result });
    for (const [, other] of steps) expect(other).toBe(message);
    steps.length = 0;
    const error = await rejectionOf(createTweet({ text: '' }, token()));
    expect(steps.map(([step]) => step)).toEqual(['start', 'end', 'error', 'asyncStart', 'asyncEnd']);
    expect(steps[0][1].error).toBe(error);
  });

  test("the caller's own listeners are called as before", async () => {
    const messages = listen('twitter-native:request');
    const [own, progress] = [[], []];
    configure({ onRequest: (event) => own.push(event.path) });
    try {
      const content = { text: 'Told twice', imageUrls: [context.url('/media/png')] };
      const onProgress = ({ phase }) => progress.push(phase);
      await publishTweetWithMedia(content, token(), null, { onProgress });
    } finally {
      configure({});
    }
    expect(own).toEqual(messages.map(({ path }) => path));
    expect(progress.at(-1)).toBe('ready');
  });

  test('options that can not be meant are refused all the same', async () => {
    listen('twitter-native:request');
    for (const [field, options] of [
      ['options', 5],
      ['options', []],
      ['options.client', { client: 5 }],
      ['options.client', { client: [] }],
      ['options.client.onRequest', { client: { onRequest: 'x' } }],
      ['options.onProgress', { onProgress: 'x' }],
    ]) {
      const error = await rejectionOf(publishTweetWithMedia({ text: 'Hello' }, token(), null, options));
      expect([error.code, error.field]).toEqual(['INVALID_ARGUMENT', field]);
    }
  });

  test('nothing secret is reported', async () => {
    const all = ['twitter-native:request', 'twitter-native:publish'].map(listen);
    const user = context.sandbox.seedUser();
    const content = { text: 'Nothing secret', imageUrls: [context.url('/media/png')] };
    await publishTweetWithMedia(content, user.oauth2.accessToken, user.oauth1Credentials);
    const bearer = await getAppBearerToken();
    await rejectionOf(createTweet({ text: 'Refused' }, 'another-token-entirely'));
    const shown = JSON.stringify(all);
    const { X_API_KEY, X_API_SECRET } = context.sandbox.env;
    const secrets = [bearer.access_token, X_API_KEY, X_API_SECRET, 'another-token-entirely'];
    for (const secret of [...secrets, ...Object.values(user.oauth1Credentials), user.oauth2.accessToken]) {
      expect(shown.includes(secret)).toBe(false);
    }
  });
});

test.each([
  [
    'is not there',
    () => {
      throw new Error("Cannot find module '@opentelemetry/api'");
    },
  ],
  ['is something else', () => ({})],
  [
    'is broken',
    () => ({
      trace: {
        getTracerProvider() {
          throw new Error('broken');
        },
      },
    }),
  ],
])("where OpenTelemetry's API %s, there are no spans", (_name, api) => {
  jest.isolateModules(() => {
    jest.doMock('@opentelemetry/api', api);
    const { SpanObserver } = require('../js/spans.js');
    for (let times = 0; times < 2; times += 1) {
      expect(SpanObserver.of({ call: 1, operation: 'createTweet', publishes: true })).toBeUndefined();
    }
  });
  jest.dontMock('@opentelemetry/api');
});

describe('OpenTelemetry', () => {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const tracer = provider.getTracer('test');

  beforeAll(() => {
    otel.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    otel.trace.setGlobalTracerProvider(provider);
  });

  afterEach(() => exporter.reset());

  afterAll(async () => {
    otel.trace.disable();
    otel.context.disable();
    await provider.shutdown();
  });

  const nameless = ({ name }) => name;
  const spans = () => exporter.getFinishedSpans();
  const named = (name) => spans().filter((span) => span.name === name);
  const childrenOf = (parent) =>
    spans()
      .filter((span) => span.parentSpanContext?.spanId === parent.spanContext().spanId)
      .sort((one, other) => ms(one.startTime) - ms(other.startTime));
  const ms = ([seconds, nanos]) => seconds * 1000 + nanos / 1e6;

  /** A trace as a tree of names. */
  const tree = (span) => {
    const children = childrenOf(span).map(tree);
    return children.length > 0 ? { [span.name]: children } : span.name;
  };

  test('a publish is a span below the one that is active, with its phases and requests', async () => {
    const media = [{ url: context.url('/media/mp4?durationMs=2000'), altText: 'A film' }];
    const published = await tracer.startActiveSpan('a click', async (span) => {
      const tweet = await publishTweetWithMedia({ text: 'Seen from above, example.com', media }, token());
      span.end();
      return tweet;
    });
    const [click] = named('a click');
    const [publish] = childrenOf(click);
    expect(tree(publish)).toEqual({
      publishTweetWithMedia: [
        {
          upload: [
            'POST /2/media/upload/initialize',
            'POST /2/media/upload/:id/append',
            'POST /2/media/upload/:id/finalize',
            'POST /2/media/metadata',
          ],
        },
        { process: ['GET /2/media/upload'] },
        { post: ['POST /2/tweets'] },
      ],
    });
    expect(publish.instrumentationScope).toMatchObject({ name: 'twitter-native', version });
    expect(publish.kind).toBe(otel.SpanKind.INTERNAL);
    expect(publish.attributes).toEqual({
      'twitter_native.operation': 'publishTweetWithMedia',
      'twitter_native.tweet_id': published.tweetId,
      'twitter_native.media': 1,
      'twitter_native.reconciled': false,
      'twitter_native.attempts': 1,
      'twitter_native.estimated_cost_usd': 0.205,
    });
    const steps = named('process')[0].events.map(nameless);
    expect(steps).toEqual(['processing', 'ready']);
    const traces = new Set(spans().map((span) => span.spanContext().traceId));
    expect(traces.size).toBe(1);
  });

  test('requests have the attributes of the semantic conventions', async () => {
    context.sandbox.faults.add({ endpoint: 'getTweet', fault: { kind: 'status', status: 503 }, times: 1 });
    context.sandbox.faults.add({ endpoint: 'getTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
    const { id } = await createTweet({ text: 'With attributes' }, token());
    exporter.reset();
    await tracer.startActiveSpan('a look', async (span) => {
      await getTweet(id, token(), quick);
      span.end();
    });
    const [look] = named('a look');
    const requests = childrenOf(look);
    const { hostname, port } = new URL(context.sandbox.url);
    const known = {
      'http.request.method': 'GET',
      'url.template': '/2/tweets/:id',
      'server.address': hostname,
      'server.port': Number(port),
      'twitter_native.operation': 'getTweet',
    };
    expect(requests.map(({ name, kind }) => [name, kind])).toEqual(
      Array(3).fill(['GET /2/tweets/:id', otel.SpanKind.CLIENT]),
    );
    expect(requests.map(({ attributes }) => attributes)).toEqual([
      { ...known, 'http.response.status_code': 503, 'error.type': '503' },
      { ...known, 'http.request.resend_count': 1, 'error.type': 'connection' },
      {
        ...known,
        'http.request.resend_count': 2,
        'http.response.status_code': 200,
      },
    ]);
    expect(requests.map(({ status }) => status.code)).toEqual([
      otel.SpanStatusCode.ERROR,
      otel.SpanStatusCode.ERROR,
      otel.SpanStatusCode.UNSET,
    ]);
  });

  test('a provider that stands for no other is asked itself', async () => {
    const given = jest.spyOn(otel.trace, 'getTracerProvider').mockReturnValue(provider);
    try {
      await createTweet({ text: 'By a provider itself' }, token());
    } finally {
      given.mockRestore();
    }
    expect(named('createTweet')).toHaveLength(1);
  });

  test('children lie within their parents', async () => {
    const parts = [
      { text: 'One part of it', imageUrls: [context.url('/media/png')] },
      { text: 'The other part', imageUrls: [context.url('/media/jpeg')] },
    ];
    await publishThread(parts, token());
    const [publish] = named('publishThread');
    expect(childrenOf(publish).map(nameless)).toEqual(['upload', 'post', 'upload', 'post']);
    expect(publish.attributes).toMatchObject({ 'twitter_native.parts': 2, 'twitter_native.estimated_cost_usd': 0.03 });
    for (const parent of spans()) {
      for (const child of childrenOf(parent)) {
        expect(ms(child.startTime)).toBeGreaterThanOrEqual(ms(parent.startTime) - 0.01);
        expect(ms(child.endTime)).toBeLessThanOrEqual(ms(parent.endTime) + 0.01);
      }
    }
    const uploads = named('upload').map(({ events }) => events.map(nameless));
    expect(uploads.map((events) => events.at(-1))).toEqual(['ready', 'ready']);
  });

  test('a lost answer is looked for in a phase of its own', async () => {
    context.sandbox.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
    await createTweet({ text: 'Lost, then found' }, token(), { reconcile: { scheduleMs: [1] } });
    const [publish] = named('createTweet');
    expect(tree(publish)).toEqual({
      createTweet: expect.arrayContaining([
        { post: ['POST /2/tweets'] },
        { reconcile: expect.arrayContaining(['GET /2/users/:id/tweets']) },
      ]),
    });
    expect(named('post')[0].attributes).toEqual({});
  });

  test('a failure has its code', async () => {
    context.sandbox.exhaust('credits');
    const error = await rejectionOf(new PublishIntent(memoryStore()).publish({ text: 'Not today' }, token()));
    const [publish] = named('PublishIntent.publish');
    expect(publish.attributes).toEqual({
      'twitter_native.operation': 'PublishIntent.publish',
      'error.type': 'NO_CREDITS',
    });
    expect(publish.status).toEqual({ code: otel.SpanStatusCode.ERROR, message: error.message });
  });

  test("a caller's callbacks run within the span of the call", async () => {
    const active = [];
    const note = () => {
      active.push(otel.trace.getActiveSpan()?.spanContext().spanId);
    };
    const content = { text: 'From within', imageUrls: [context.url('/media/png')] };
    const options = { onCheckpoint: note, onProgress: note, client: { onRequest: note } };
    await publishTweetWithMedia(content, token(), null, options);
    const [publish] = named('publishTweetWithMedia');
    expect(active.length).toBeGreaterThan(5);
    expect(new Set(active)).toEqual(new Set([publish.spanContext().spanId]));
    expect(otel.trace.getActiveSpan()).toBeUndefined();
  });

  test('attempts of a request come one after another', async () => {
    context.sandbox.faults.add({ endpoint: 'getTweet', fault: { kind: 'status', status: 503 }, times: 2 });
    const { id } = await createTweet({ text: 'Told late' }, token());
    exporter.reset();
    await getTweet(id, token(), quick);
    const requests = named('GET /2/tweets/:id');
    const [first, second, third] = requests.sort((one, other) => ms(one.startTime) - ms(other.startTime));
    expect([first, second, third].map(({ attributes }) => attributes['http.request.resend_count'])).toEqual([
      undefined,
      1,
      2,
    ]);
  });

  test('calls side by side do not mix', async () => {
    await Promise.all(
      ['one', 'two', 'three'].map((text) =>
        tracer.startActiveSpan(text, async (span) => {
          await createTweet({ text: `Side by side: ${text}` }, token());
          span.end();
        }),
      ),
    );
    for (const text of ['one', 'two', 'three']) {
      const [parent] = named(text);
      expect(tree(parent)).toEqual({ [text]: [{ createTweet: [{ post: ['POST /2/tweets'] }] }] });
    }
  });

  test('nothing secret is in a span', async () => {
    const user = context.sandbox.seedUser();
    const content = { text: 'In no span', imageUrls: [context.url('/media/png')] };
    await publishTweetWithMedia(content, user.oauth2.accessToken, user.oauth1Credentials);
    await rejectionOf(createTweet({ text: 'Refused' }, 'another-token-entirely'));
    const shown = JSON.stringify(
      spans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
    );
    const secrets = [...Object.values(user.oauth1Credentials), user.oauth2.accessToken, 'another-token-entirely'];
    for (const secret of [...secrets, user.id, 'In no span']) expect(shown.includes(secret)).toBe(false);
  });

  test('an exporter that throws changes nothing', async () => {
    const broken = {
      startSpan() {
        throw new Error('The tracer broke');
      },
    };
    const getTracer = jest.spyOn(provider, 'getTracer').mockReturnValue(broken);
    try {
      await expect(createTweet({ text: 'In spite of it' }, token())).resolves.toHaveProperty('id');
    } finally {
      getTracer.mockRestore();
    }
  });
});
