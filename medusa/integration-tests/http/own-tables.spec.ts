import { errorHandler, type MedusaRequest, type MedusaResponse } from '@medusajs/framework/http';
import type { MedusaContainer } from '@medusajs/framework/types';
import { ContainerRegistrationKeys, MedusaError } from '@medusajs/framework/utils';
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from '@medusajs/framework/workflows-sdk';
import { medusaIntegrationTestRunner } from '@medusajs/test-utils';
import { PublishIntent } from 'twitter-native';
import {
  jsonRow,
  platformTokens,
  publishOnce,
  resolveDoubt,
  resumeUnfinished,
  toMedusaError,
} from 'twitter-native/medusa';
import { useSandbox } from '../../testing/sandbox';

jest.setTimeout(300_000);

const rowOf = (id: string) => ({ table: 'backend_post', id, column: 'twitter_intent' });

/** The step of a backend that has tables and a workflow of its own. */
const publishStep = createStep('own-publish', async ({ id, text }: { id: string; text: string }, { container }) => {
  const token = platformTokens(container, 'plat_1', { table: 'backend_platform' });
  const options = { reconcile: { scheduleMs: [1] }, client: { retry: { maxAttempts: 1 } } };
  return new StepResponse(await publishOnce(container, rowOf(id), { text }, { token }, options));
});

const publishWorkflow = createWorkflow(
  'own-publish-post',
  (input: { id: string; text: string }) => new WorkflowResponse(publishStep(input)),
);

/** What Medusa's own handler answers. */
function answerOf(error: unknown, scope: MedusaContainer) {
  const answer: { status?: number; body?: { type: string; code?: string; message: string } } = {};
  const response = {
    status(status: number) {
      answer.status = status;
      return response;
    },
    json(body: typeof answer.body) {
      answer.body = body;
    },
  };
  errorHandler()(error as MedusaError, { scope } as MedusaRequest, response as unknown as MedusaResponse, () => {});
  return answer;
}

medusaIntegrationTestRunner({
  testSuite: ({ getContainer }) => {
    const sandbox = useSandbox();
    const sent = () => sandbox.current.ledger.requests({ endpoint: 'createTweet' });
    // biome-ignore lint/suspicious/noExplicitAny: knex, whose types are not a dependency here
    let connection: any;

    const connect = (tokens: { accessToken: string; refreshToken?: string }, ageMs: number) =>
      connection('backend_platform').insert({
        id: 'plat_1',
        api_config: {
          access_token: tokens.accessToken,
          refresh_token: tokens.refreshToken,
          expires_in: 7200,
          retrieved_at: new Date(Date.now() - ageMs).toISOString(),
        },
      });

    beforeEach(async () => {
      connection = getContainer().resolve(ContainerRegistrationKeys.PG_CONNECTION);
      await connection.raw(`
        create table if not exists backend_platform (id text primary key, api_config jsonb);
        create table if not exists backend_post (id text primary key, twitter_intent text);
        truncate backend_platform, backend_post;
      `);
    });

    it('publishes once from a workflow of the backend, and refreshes its tokens once', async () => {
      await connect(sandbox.current.seedUser().oauth2, 3 * 3_600_000);
      const before = sent().length;
      const posts = ['larch', 'beryl', 'quill'].map((word) => ({
        id: `own_${word}`,
        text: `From its workflow: ${word}`,
      }));
      await connection('backend_post').insert(posts.map(({ id }) => ({ id })));
      const runs = await Promise.all(posts.map((input) => publishWorkflow(getContainer()).run({ input })));
      const again = await publishWorkflow(getContainer()).run({ input: posts[0] as (typeof posts)[0] });
      expect(again.result.tweetId).toBe(runs[0]?.result.tweetId);
      expect(sent()).toHaveLength(before + 3);
      expect(sandbox.current.ledger.requests({ endpoint: 'token' })).toHaveLength(1);
    });

    it('answers X’s 401 as no 401 of the shop’s, with the reason', async () => {
      await connect({ accessToken: 'revoked-by-its-owner' }, 0);
      await connection('backend_post').insert({ id: 'own_401' });
      const input = { id: 'own_401', text: 'Nobody may post this' };
      const { errors } = await publishWorkflow(getContainer()).run({ input, throwOnError: false });
      const thrown = errors[0]?.error;
      expect(thrown).not.toBeInstanceOf(Error);
      const error = toMedusaError(thrown);
      expect(error).toBeInstanceOf(MedusaError);
      const { status, body } = answerOf(error, getContainer());
      expect({ status, code: body?.code }).toEqual({ status: 400, code: expect.stringMatching(/UNAUTHORIZED|REAUTH/) });
      expect(body?.message).toMatch(/authorize again|401|Unauthorized/);
      expect(JSON.stringify(body)).not.toContain('revoked-by-its-owner');
    });

    it('resumes and resolves what was left in doubt', async () => {
      const { accessToken } = sandbox.current.seedUser().oauth2;
      await connect({ accessToken }, 0);
      const texts = new Map([
        ['own_there', 'Its answer was lost and it is there: wicker'],
        ['own_absent', 'Its answer was lost and it is not there: pewter'],
      ]);
      for (const [id, text] of texts) {
        await connection('backend_post').insert({ id });
        const kind = id === 'own_there' ? 'commitThenReset' : 'resetAfterRead';
        sandbox.current.faults.add({ endpoint: 'createTweet', fault: { kind }, times: 1 });
        const options = { reconcile: { scheduleMs: [] }, client: { retry: { maxAttempts: 1 } } };
        const begun = publishOnce(getContainer(), rowOf(id), { text }, { token: accessToken }, options);
        await expect(begun).rejects.toMatchObject({ type: 'unexpected_state', code: 'UNKNOWN_OUTCOME' });
      }
      const before = sent().length;
      const { rows } = await resumeUnfinished(getContainer(), {
        table: 'backend_post',
        column: 'twitter_intent',
        prepare: (id) => ({
          content: { text: texts.get(id) ?? '' },
          credentials: { token: accessToken },
          options: { reconcile: { scheduleMs: [1] } },
        }),
      });
      const outcomes = Object.fromEntries(rows.map(({ id, outcome }) => [id, outcome]));
      expect(outcomes).toEqual({ own_there: 'published', own_absent: 'unknown' });
      const status = await resolveDoubt(getContainer(), rowOf('own_absent'), { tweetId: '1990000000000000001' });
      expect(status).toMatchObject({ state: 'published', tweetId: '1990000000000000001' });
      const kept = new PublishIntent(jsonRow(getContainer(), rowOf('own_there')));
      await expect(kept.status()).resolves.toMatchObject({ state: 'published' });
      expect(sent()).toHaveLength(before);
    });
  },
});
