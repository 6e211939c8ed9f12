'use strict';

const { useSandbox } = require('./support/harness.js');
const { defectiveAddon } = require('./support/defective-addon.js');
const { runProgram } = require('./support/run.js');

const context = useSandbox();
/** What these do on the JavaScript thread is all that they do. */
const SYNC = [
  ...['signOAuth1Request', 'parseTweetText', 'validateTweet', 'initiateUserAuth', 'oauth1AuthorizeUrl', 'rateLimits'],
  ...['webhookCrcResponse', 'verifyWebhookSignature', 'configure', 'TokenManager', 'TwitterService.initiateUserAuth'],
  ...['inspectCheckpoint', 'PublishIntent', 'estimateCost', 'Signer', 'Signer.sign', 'Signer.header'],
];
/** Those that give no result in this test have none to panic over. */
const REFUSED = /^(?!createTweet|publish|probeMedia)/;

test('a panic at any export is an error of ours that shows nothing, and the process lives', async () => {
  const env = { NAPI_RS_NATIVE_LIBRARY_PATH: defectiveAddon() };
  const { code, stdout, stderr } = await runProgram('panic.cjs', { args: [context.user.oauth2.accessToken], env });
  expect({ code, stderr: stderr.replace(/twitter-native: internal error at .*\n/g, '') }).toEqual({
    code: 0,
    stderr: '',
  });
  const { seen, untried, posted } = JSON.parse(stdout);
  // These call nothing native.
  expect(untried).toEqual(['appFromEnvironment', 'TwitterError', 'default']);
  for (const [name, [atArguments, inWork, atResult]] of Object.entries(seen)) {
    expect({ name, ...atArguments }).toMatchObject({ name, code: 'INTERNAL', mine: true });
    if (!SYNC.includes(name)) expect({ name, ...inWork }).toMatchObject({ name, code: 'INTERNAL', mine: true });
    if (SYNC.includes(name) || REFUSED.test(name)) continue;
    // The post exists by then.
    const code = name === 'probeMedia' ? 'INTERNAL' : 'UNKNOWN_OUTCOME';
    expect({ name, ...atResult }).toMatchObject({ name, code, mine: true });
  }
  expect(posted).toBe('Still alive');
  expect(`${stdout}${stderr}`).not.toContain('a secret in a panic');
});
