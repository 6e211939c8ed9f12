import { inspect } from 'node:util';
import { medusaIntegrationTestRunner } from '@medusajs/test-utils';
import resealCredentials from '../../src/jobs/reseal-credentials';
import { twitterOf } from '../../src/twitter/service';
import { refreshTokenWorkflow } from '../../src/workflows';
import { useSandbox } from '../../testing/sandbox';
import { accountOf, Staff } from '../lib/shop';

jest.setTimeout(300_000);

medusaIntegrationTestRunner({
  testSuite: ({ api, getContainer, dbConnection }) => {
    const sandbox = useSandbox();
    let staff: Staff;

    beforeAll(async () => {
      staff = await Staff.signedIn(getContainer(), api);
    });

    /** What lies in the row, as somebody who reads the database sees it. */
    const stored = async (id: string) => {
      const { rows } = await dbConnection.raw('SELECT api_config, metadata, status FROM twitter_account WHERE id = ?', [
        id,
      ]);
      return rows[0];
    };

    describe('connecting', () => {
      it('authenticates by OAuth 2.0 and stores tokens, expiry, scopes and profile', async () => {
        const user = sandbox.current.seedUser({ username: 'lampshop', name: 'The Lamp Shop' });
        const account = await staff.connect();
        expect(account).toMatchObject({
          status: 'connected',
          x_user_id: user.id,
          profile: { username: 'lampshop', name: 'The Lamp Shop' },
          missing_scopes: [],
          has_oauth1: false,
        });
        expect(Date.parse(account.expires_at as string)).toBeGreaterThan(Date.now() + 3_600_000);
        const { api_config, metadata } = await stored(account.id);
        expect(api_config).toMatchObject({
          access_token: expect.any(String),
          refresh_token: expect.any(String),
          expires_at: expect.any(Number),
        });
        expect(metadata.profile).toMatchObject({ username: 'lampshop' });
      });

      it('stores OAuth 1.0a credentials from the three-legged flow beside the OAuth 2.0 tokens', async () => {
        sandbox.current.seedUser({ username: 'bothways' });
        const { id } = await staff.connect();
        const again = await staff.connect(`&method=oauth1&account_id=${id}`);
        expect(again).toMatchObject({ id, has_oauth1: true, status: 'connected', missing_scopes: [] });
        const row = await twitterOf(getContainer()).openCredentials(id);
        expect(row?.config.oauth1_credentials).toEqual({
          access_token: expect.any(String),
          access_token_secret: expect.any(String),
        });
        expect(row?.config.access_token).toEqual(expect.any(String));
      });

      it('stores OAuth 1.0a credentials from an operator’s input, and never the app’s as a user’s', async () => {
        const { oauth1Credentials } = sandbox.current.seedUser();
        const { accessToken: access_token, accessTokenSecret: access_token_secret } = oauth1Credentials;
        const oauth1_credentials = { access_token, access_token_secret };
        const { status, data } = await staff.post('/admin/twitter/accounts', { api_config: { oauth1_credentials } });
        expect([status, data.account.has_oauth1]).toEqual([201, true]);
        const { id } = await staff.compose({ account_id: data.account.id, caption: 'By 1.0a alone' });
        expect((await staff.publish(id)).status).toBe(200);
        expect(JSON.stringify(await stored(data.account.id))).not.toContain(oauth1Credentials.apiKey);
      });

      it('connects the same account again instead of adding a second one', async () => {
        sandbox.current.seedUser({ username: 'again' });
        const first = await staff.connect();
        const second = await staff.connect();
        expect(second.id).toBe(first.id);
      });

      it('refuses another account than the one that is to be connected again', async () => {
        sandbox.current.seedUser({ username: 'mine' });
        const { id } = await staff.connect();
        sandbox.current.seedUser({ username: 'other' });
        await expect(staff.connect(`&account_id=${id}`)).rejects.toThrow('not the one to be connected again');
      });

      it('takes a state once', async () => {
        sandbox.current.seedUser();
        const back = await staff.grant();
        expect((await staff.post('/admin/twitter/oauth/callback', back)).status).toBe(200);
        const replay = await staff.post('/admin/twitter/oauth/callback', back);
        expect(replay).toMatchObject({ status: 400, data: { message: expect.stringContaining('used before') } });
      });

      it('refuses a state that nobody asked for, and one that has expired', async () => {
        const foreign = await staff.post('/admin/twitter/oauth/callback', { code: 'c', state: 'foreign' });
        expect(foreign.status).toBe(400);
        sandbox.current.seedUser();
        const back = await staff.grant();
        await dbConnection.raw(`UPDATE twitter_oauth_request SET expires_at = now() - interval '1 second'`);
        expect((await staff.post('/admin/twitter/oauth/callback', back)).status).toBe(400);
      });

      it('sends the browser back to the admin’s page, with the account or with why not', async () => {
        sandbox.current.seedUser();
        const go = async (query: Record<string, string>) => {
          const url = `${staff.address}/admin/twitter/oauth/callback?${new URLSearchParams(query)}`;
          const answer = await fetch(url, { redirect: 'manual' });
          return [answer.status, answer.headers.get('location')];
        };
        expect(await go(await staff.grant())).toEqual([
          302,
          expect.stringMatching(/^\/app\/twitter\/accounts\?connected=/),
        ]);
        expect(await go({ error: 'access_denied', state: 's' })).toEqual([302, '/app/twitter/accounts?error=denied']);
      });

      it('is for staff only', async () => {
        const answer = await fetch(`${staff.address}/admin/twitter/oauth`);
        expect(answer.status).toBe(401);
      });
    });

    describe('secrets', () => {
      it('are encrypted at rest, and no route shows them', async () => {
        const user = sandbox.current.seedUser();
        const id = await accountOf(getContainer(), user, { oauth1: true });
        const post = await staff.compose({ account_id: id, caption: 'Secretive' });
        await staff.publish(post.id);
        const secrets = [
          user.oauth2.accessToken,
          user.oauth2.refreshToken as string,
          user.oauth1Credentials.accessToken,
          user.oauth1Credentials.accessTokenSecret,
          user.oauth1Credentials.apiSecret,
        ];
        const { rows } = await dbConnection.raw('SELECT * FROM twitter_account, twitter_post, twitter_publish_intent');
        const shown = await Promise.all(
          ['twitter/accounts', `twitter/accounts/${id}`, 'twitter/posts', `twitter/posts/${post.id}`].map((path) =>
            staff.get(`/admin/${path}`),
          ),
        );
        const everything =
          JSON.stringify(rows) +
          inspect(
            shown.map(({ data }) => data),
            { depth: null },
          );
        expect(secrets.filter((secret) => everything.includes(secret.slice(-12)))).toEqual([]);
        const { api_config } = await stored(id);
        expect(api_config.access_token).toMatch(/^aes256gcm:test:/);
        expect(api_config.oauth1_credentials.access_token_secret).toMatch(/^aes256gcm:test:/);
      });

      it('of rows in plain text are read, and encrypted at the next write', async () => {
        const user = sandbox.current.seedUser();
        const { id } = await twitterOf(getContainer()).createTwitterAccounts({
          status: 'connected',
          api_config: { access_token: user.oauth2.accessToken, scope: user.oauth2.scope },
        });
        const { id: post } = await staff.compose({ account_id: id, caption: 'From before' });
        expect((await staff.publish(post)).status).toBe(200);
        expect((await stored(id)).api_config.access_token).toBe(user.oauth2.accessToken);
        await staff.post(`/admin/twitter/accounts/${id}`, { api_config: { expires_at: Date.now() + 3_600_000 } });
        expect((await stored(id)).api_config.access_token).toMatch(/^aes256gcm:/);
      });

      it('under an older key, or in plain text, are encrypted again by a job', async () => {
        const { oauth1Credentials } = sandbox.current.seedUser();
        const { accessToken: access_token, accessTokenSecret: access_token_secret } = oauth1Credentials;
        const { id } = await twitterOf(getContainer()).createTwitterAccounts({
          status: 'connected',
          api_config: { oauth1_credentials: { access_token, access_token_secret } },
        });
        await resealCredentials(getContainer());
        expect((await stored(id)).api_config.oauth1_credentials.access_token).toMatch(/^aes256gcm:test:/);
        expect(await twitterOf(getContainer()).resealCredentials()).toBe(0);
      });

      it('that were moved to another row can’t be decrypted there', async () => {
        const twitter = twitterOf(getContainer());
        const id = await accountOf(getContainer(), sandbox.current.seedUser());
        const { api_config } = await stored(id);
        const thief = await twitter.createTwitterAccounts({ status: 'connected', api_config });
        await expect(twitter.openCredentials(thief.id)).rejects.toThrow('can’t be decrypted'.replace('’', "'"));
      });
    });

    describe('refreshing', () => {
      it('rotates the tokens before they expire, and stores the new ones', async () => {
        const user = sandbox.current.seedUser();
        const id = await accountOf(getContainer(), user, {
          config: { obtained_at: Date.now() - 7_200_000, expires_at: Date.now() + 1000 },
        });
        const { result } = await refreshTokenWorkflow(getContainer()).run({ input: { account_id: id } });
        expect(result).toEqual({ account_id: id, refreshed: true, expires_at: expect.any(Number) });
        const row = await twitterOf(getContainer()).openCredentials(id);
        expect(row?.config.refresh_token).not.toBe(user.oauth2.refreshToken);
        const families = sandbox.current.ledger.tokens().map(({ family }) => family);
        const ended = families.filter((family) => family.user.id === user.id && family.revoked);
        expect(ended).toHaveLength(0);
      });

      it('asks for a new grant where this one has ended, and the post says so', async () => {
        const user = sandbox.current.seedUser();
        const id = await accountOf(getContainer(), user, {
          config: { access_token: 'gone', refresh_token: 'gone', expires_at: Date.now() - 1000 },
        });
        const { id: post } = await staff.compose({ account_id: id, caption: 'Too late' });
        const { status, data } = await staff.publish(post);
        expect(status).toBe(401);
        expect(data.message).toContain('please re-authenticate');
        expect(await stored(id)).toMatchObject({ status: 'reauth_required' });
        expect((await staff.read(post)).status).toBe('failed');
        expect((await staff.publish(post)).status).toBe(401);
      });
    });

    it('disconnects: the credentials are gone', async () => {
      const id = await accountOf(getContainer(), sandbox.current.seedUser());
      expect((await staff.delete(`/admin/twitter/accounts/${id}`)).status).toBe(200);
      expect((await stored(id)).api_config).toBeNull();
      expect((await staff.get('/admin/twitter/accounts')).data.count).toBe(0);
    });
  },
});
