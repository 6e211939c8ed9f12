'use strict';

const { createHmac } = require('node:crypto');
const fc = require('fast-check');
const { TwitterError, verifyWebhookSignature, webhookCrcResponse } = require('twitter-native');
const { thrownBy } = require('./support/harness.js');

const SECRET = 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw';
const BODY = '{"data":{"event_type":"post.create"}}';
const SIGNATURE = 'sha256=prGU7k8HG5tmOVvJZHj+16ARQpuTFf7flRPlbyyfx7o=';
const sign = (message, secret) => `sha256=${createHmac('sha256', secret).update(message).digest('base64')}`;

describe('webhookCrcResponse', () => {
  test('answers a token', () => {
    expect(webhookCrcResponse('crc-token-123', SECRET)).toEqual({
      response_token: 'sha256=neevp46UmFOUD4druBCAftlndPF9+kWFe+vIOP6l48U=',
    });
  });

  test("agrees with Node's own HMAC", () => {
    const token = fc.stringMatching(/^[A-Za-z0-9_-]{1,128}$/);
    const secret = fc.stringMatching(/^[!-~]{1,100}$/);
    fc.assert(
      fc.property(token, secret, (crcToken, consumerSecret) => {
        const { response_token: answer } = webhookCrcResponse(crcToken, consumerSecret);
        expect(answer).toBe(sign(crcToken, consumerSecret));
      }),
    );
  });

  test.each([
    ['nothing', ''],
    ['an event', BODY],
    ['a space', 'a b'],
    ['a line end', 'abc\n'],
    ['a dot', 'a.b'],
    ['base64', 'ab+/=='],
    ['letters of other scripts', 'токен'],
    ['a character beyond the first plane', '𝒶'],
    ['NUL', 'a\0b'],
    ['129 characters', 'a'.repeat(129)],
  ])('does not sign %s', (_name, token) => {
    const error = thrownBy(() => webhookCrcResponse(token, SECRET));
    expect(error).toBeInstanceOf(TwitterError);
    expect(error).toMatchObject({
      code: 'INVALID_ARGUMENT',
      type: 'invalid_data',
      field: 'crcToken',
      operation: 'webhookCrcResponse',
    });
  });

  test('an answer can be no signature of an event: what it signs is no JSON object', () => {
    fc.assert(
      fc.property(fc.object(), (event) => {
        expect(thrownBy(() => webhookCrcResponse(JSON.stringify(event), SECRET)).field).toBe('crcToken');
      }),
    );
  });
});

describe('verifyWebhookSignature', () => {
  test.each([
    ['text', BODY],
    ['a Buffer', Buffer.from(BODY)],
    ['a Uint8Array', new Uint8Array(Buffer.from(BODY))],
    ['a part of a larger buffer', Buffer.from(`..${BODY}..`).subarray(2, -2)],
  ])('an event as %s', (_name, body) => {
    expect(verifyWebhookSignature(body, SIGNATURE, SECRET)).toBe(true);
  });

  test("agrees with Node's own HMAC for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.stringMatching(/^[!-~]{1,100}$/), (body, secret) => {
        expect(verifyWebhookSignature(body, sign(body, secret), secret)).toBe(true);
        expect(verifyWebhookSignature(body, sign(body, `${secret}x`), secret)).toBe(false);
      }),
    );
  });

  test('text stands for its UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (body) => {
        expect(verifyWebhookSignature(body, sign(body, SECRET), SECRET)).toBe(true);
        expect(verifyWebhookSignature(Buffer.from(body), sign(body, SECRET), SECRET)).toBe(true);
      }),
    );
  });

  test('one bit of the body', () => {
    const bytes = Buffer.from(BODY);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const tampered = Buffer.from(bytes);
      tampered[bit >> 3] ^= 1 << (bit & 7);
      expect(verifyWebhookSignature(tampered, SIGNATURE, SECRET)).toBe(false);
    }
  });

  test.each([
    ['more', `${BODY} `],
    ['less', BODY.slice(0, -1)],
    ['nothing', ''],
    ['the same JSON, written otherwise', '{ "data": { "event_type": "post.create" } }'],
  ])('a body with %s', (_name, body) => {
    expect(verifyWebhookSignature(body, SIGNATURE, SECRET)).toBe(false);
    expect(verifyWebhookSignature(Buffer.from(body), SIGNATURE, SECRET)).toBe(false);
  });

  test.each([
    ['is missing', undefined],
    ['is null', null],
    ['is empty', ''],
    ['is cut off', SIGNATURE.slice(0, -1)],
    ['is longer', `${SIGNATURE}=`],
    ['has no scheme', SIGNATURE.slice('sha256='.length)],
    ['has another scheme', SIGNATURE.replace('sha256', 'sha1')],
    ['is in hexadecimal', `sha256=${createHmac('sha256', SECRET).update(BODY).digest('hex')}`],
    ['is signed with another secret', sign(BODY, 'another-secret')],
    ['is of other letter case', SIGNATURE.toLowerCase()],
    ['is no ASCII', 'sha256=ÄÖÜ'],
  ])('a header that %s', (_name, header) => {
    expect(verifyWebhookSignature(BODY, header, SECRET)).toBe(false);
  });

  test.each([
    ['rawBody', [{ data: {} }, SIGNATURE, SECRET]],
    ['rawBody', [undefined, SIGNATURE, SECRET]],
    ['rawBody', [[123, 125], SIGNATURE, SECRET]],
    ['signatureHeader', [BODY, [SIGNATURE], SECRET]],
    ['consumerSecret', [BODY, SIGNATURE, '']],
    ['consumerSecret', [BODY, SIGNATURE, undefined]],
  ])('refuses %s', (field, parameters) => {
    const error = thrownBy(() => verifyWebhookSignature(...parameters));
    expect(error).toBeInstanceOf(TwitterError);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field, operation: 'verifyWebhookSignature' });
  });
});
