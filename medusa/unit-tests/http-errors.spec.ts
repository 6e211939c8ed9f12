import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { route } from '../src/http/errors';
import type { TwitterFailure } from '../src/twitter/errors';

/** What a route answers whose handler fails so. */
async function answerTo(failure: Partial<TwitterFailure>) {
  const headers: Record<string, unknown> = {};
  const answer: { status?: number; body?: unknown } = {};
  const response = {
    setHeader: (name: string, value: unknown) => {
      headers[name] = value;
    },
    status: (status: number) => {
      answer.status = status;
      return response;
    },
    json: (body: unknown) => Object.assign(answer, { body }),
  };
  const fail = route(async () => {
    throw { name: 'TwitterError', message: 'It failed', ...failure };
  });
  await fail({ params: {} } as MedusaRequest, response as unknown as MedusaResponse);
  return { ...answer, headers };
}

describe('a route whose handler fails', () => {
  it('says when to come back to a post that another process is publishing', async () => {
    const retryAt = new Date(Date.now() + 90_000);
    expect(await answerTo({ code: 'IN_PROGRESS', type: 'not_allowed', retryAt })).toEqual({
      status: 409,
      headers: { 'Retry-After': expect.any(Number) },
      body: { type: 'not_allowed', code: 'IN_PROGRESS', message: 'It failed', retry_at: retryAt.toISOString() },
    });
  });

  it.each([
    ['FORBIDDEN', 403],
    ['NOT_FOUND', 404],
    ['NO_CREDITS', 402],
    ['UNKNOWN_OUTCOME', 502],
    ['INVALID_TWEET', 400],
  ] as const)('answers %s with %i', async (code, status) => {
    expect(await answerTo({ code })).toMatchObject({ status, headers: {}, body: { code } });
  });
});
