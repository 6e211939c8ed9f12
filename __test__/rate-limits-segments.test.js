'use strict';

const { publishTweetWithMedia } = require('twitter-native');
const { keeper } = require('./support/checkpoints.js');
const { rejectionOf, useSandbox } = require('./support/harness.js');

const context = useSandbox();

test('a segment that is sent again does not wait for those that wait for their turn after it', async () => {
  const client = {
    requestTimeoutMs: 500,
    retry: { baseDelayMs: 1, maxDelayMs: 1, maxAttempts: 3 },
    upload: { segmentBytes: 100_000, concurrency: 4 },
  };
  // Three are left, which those that hold back their last bytes may take.
  const headers = {
    'x-rate-limit-limit': '4',
    'x-rate-limit-remaining': '3',
    'x-rate-limit-reset': String(Math.ceil(Date.now() / 1000) + 900),
  };
  const fault = { kind: 'commitThenStatus', status: 503, headers };
  context.sandbox.faults.add({ endpoint: 'appendUpload', fault });
  const content = { text: 'In turn', videoUrl: context.url('/media/mp4?bytes=400000&durationMs=900') };
  const options = { client, ...keeper() };
  const error = await rejectionOf(publishTweetWithMedia(content, context.user.oauth2.accessToken, null, options));
  expect(error).toMatchObject({ code: 'UPSTREAM', status: 503 });
}, 30_000);
