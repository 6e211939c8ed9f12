// What a shop's staff do by mistake, and what does not come of it.
import { randomUUID } from 'node:crypto';
import { Modules } from '@medusajs/framework/utils';
import { medusaIntegrationTestRunner } from '@medusajs/test-utils';
import { notifyStaff } from '../../src/publishing/notify';
import { media, useShop } from '../lib/shop';

jest.setTimeout(300_000);

const TOMORROW = () => new Date(Date.now() + 86_400_000).toISOString();
const YESTERDAY = () => new Date(Date.now() - 86_400_000).toISOString();

medusaIntegrationTestRunner({
  testSuite: ({ api, getContainer, dbConnection }) => {
    const shop = useShop({ api, getContainer }, { isImpatient: true });
    const { sandbox, staff } = shop;

    const create = (body: object) => staff.post('/admin/twitter/posts', body);
    const count = async (q: string) => (await staff.get(`/admin/twitter/posts?q=${encodeURIComponent(q)}`)).data.count;

    describe('a request to create that comes again', () => {
      it('gives the post that the first one made', async () => {
        const body = { account_id: shop.account_id, caption: 'Clicked twice', idempotency_key: randomUUID() };
        const first = await create(body);
        const second = await create(body);
        expect([first.status, second.status]).toEqual([201, 200]);
        expect(second.data.post.id).toBe(first.data.post.id);
        expect(await count('Clicked twice')).toBe(1);
      });

      it('makes one post of ten at once', async () => {
        const body = { account_id: shop.account_id, caption: 'Ten at once', idempotency_key: randomUUID() };
        const answers = await Promise.all(Array.from({ length: 10 }, () => create(body)));
        expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201]);
        expect(new Set(answers.map(({ data }) => data.post.id)).size).toBe(1);
        expect(await count('Ten at once')).toBe(1);
      });

      it('is refused with another body, and names the post', async () => {
        const idempotency_key = randomUUID();
        const first = await create({ account_id: shop.account_id, caption: 'The first', idempotency_key });
        const other = await create({ account_id: shop.account_id, caption: 'Another', idempotency_key });
        expect(other).toMatchObject({
          status: 409,
          data: { type: 'conflict', code: 'IDEMPOTENCY_KEY_REUSED', post_id: first.data.post.id },
        });
        expect(await count('Another')).toBe(0);
      });

      it('may carry its key in a header, but not another one', async () => {
        const key = randomUUID();
        const send = (idempotency_key?: string) =>
          fetch(`${staff.address}/admin/twitter/posts`, {
            method: 'POST',
            headers: { ...staff.headers, 'content-type': 'application/json', 'Idempotency-Key': key },
            body: JSON.stringify({ account_id: shop.account_id, caption: 'By its header', idempotency_key }),
          });
        expect([(await send()).status, (await send(key)).status, (await send('other')).status]).toEqual([
          201, 200, 400,
        ]);
        expect(await count('By its header')).toBe(1);
      });

      it('is the same after its time has come', async () => {
        const time = Date.now() + 5000;
        const body = {
          account_id: shop.account_id,
          caption: 'In time',
          scheduled_at: new Date(time).toISOString(),
          idempotency_key: randomUUID(),
        };
        const first = await create(body);
        expect(first.status).toBe(201);
        await new Promise((resolve) => setTimeout(resolve, time + 1 - Date.now()));
        const again = await create(body);
        expect([again.status, again.data.post.id]).toEqual([200, first.data.post.id]);
      });
    });

    describe('a time', () => {
      it('that is past is refused, and nothing is stored', async () => {
        const answer = await create({ account_id: shop.account_id, caption: 'Too late', scheduled_at: YESTERDAY() });
        expect(answer).toMatchObject({
          status: 400,
          data: { message: expect.stringContaining('past'), problems: [{ code: 'past', field: 'scheduled_at' }] },
        });
        expect(await count('Too late')).toBe(0);
        const { id, revision } = await staff.compose({ account_id: shop.account_id, caption: 'Later' });
        const change = await staff.post(`/admin/twitter/posts/${id}`, { scheduled_at: YESTERDAY(), revision });
        expect(change.status).toBe(400);
        expect(await staff.read(id)).toMatchObject({ status: 'draft', scheduled_at: null, revision });
      });

      it('stays with a draft that only plans it, and with a scheduled post that is saved', async () => {
        const planned = await staff.compose({
          account_id: shop.account_id,
          caption: 'Planned',
          scheduled_at: TOMORROW(),
          status: 'draft',
        });
        expect(planned).toMatchObject({ status: 'draft', scheduled_at: expect.any(String) });
        const { id } = planned;
        const save = async (body: object) =>
          (await staff.post(`/admin/twitter/posts/${id}`, { ...body, revision: (await staff.read(id)).revision })).data
            .post;
        expect(await save({ status: 'scheduled' })).toMatchObject({
          status: 'scheduled',
          scheduled_at: planned.scheduled_at,
        });
        expect(await save({ caption: 'Planned well' })).toMatchObject({
          status: 'scheduled',
          scheduled_at: planned.scheduled_at,
        });
        expect(await save({ scheduled_at: null, status: 'draft' })).toMatchObject({
          status: 'draft',
          scheduled_at: null,
        });
        const refused = await staff.post(`/admin/twitter/posts/${id}`, {
          status: 'scheduled',
          revision: (await staff.read(id)).revision,
        });
        expect(refused).toMatchObject({
          status: 400,
          data: { problems: [{ code: 'missing', field: 'scheduled_at' }] },
        });
      });

      it('may be kept that came while the post was open', async () => {
        const { id, revision } = await staff.compose({
          account_id: shop.account_id,
          caption: 'Just now',
          scheduled_at: TOMORROW(),
        });
        await dbConnection.raw(`UPDATE twitter_post SET scheduled_at = now() - interval '1 minute' WHERE id = ?`, [id]);
        const { scheduled_at } = await staff.read(id);
        const saved = await staff.post(`/admin/twitter/posts/${id}`, { caption: 'Just now!', scheduled_at, revision });
        expect(saved).toMatchObject({ status: 200, data: { post: { status: 'scheduled', scheduled_at } } });
      });
    });

    describe('an account', () => {
      it('that is gone is not published as, nor as another one; connected again it has its posts', async () => {
        const account = await staff.connect();
        const { id } = await staff.compose({ account_id: account.id, caption: 'Whose is it?' });
        await staff.delete(`/admin/twitter/accounts/${account.id}`);
        const refused = { status: 400, data: { message: expect.stringContaining('was disconnected') } };
        expect(await staff.publish(id)).toMatchObject(refused);
        expect(await staff.read(id)).toMatchObject({ status: 'draft', account_id: account.id });

        const back = await staff.connect();
        expect([back.id, back.status]).toEqual([account.id, 'connected']);
        expect((await staff.publish(id)).status).toBe(200);
        expect((await staff.read(id)).account?.profile?.username).toBe(account.profile?.username);
      });

      it('learns why it was not connected from a code, never from a text in the address', async () => {
        const back = await fetch(`${staff.address}/admin/twitter/oauth/callback?denied=1`, { redirect: 'manual' });
        expect(new URL(back.headers.get('location') as string, staff.address).search).toBe('?error=denied');
        const late = await fetch(`${staff.address}/admin/twitter/oauth/callback?code=a&state=b`, {
          redirect: 'manual',
        });
        expect(new URL(late.headers.get('location') as string, staff.address).search).toBe('?error=expired');
      });
    });

    describe('OAuth 1.0a tokens that are typed', () => {
      const type = (access_token: string, access_token_secret: string, path = '') =>
        staff.post(`/admin/twitter/accounts${path}`, {
          api_config: { oauth1_credentials: { access_token, access_token_secret } },
        });

      it('are tried at X before they are stored', async () => {
        const other = sandbox.current.seedUser();
        const { accessToken, accessTokenSecret } = other.oauth1Credentials;
        const before = (await staff.get('/admin/twitter/accounts')).data.count;
        for (const [token, secret, field] of [
          [accessToken, `${accessTokenSecret}x`, 'api_config.oauth1_credentials'],
          [other.oauth1Credentials.apiKey, accessTokenSecret, 'api_config.oauth1_credentials.access_token'],
        ] as const) {
          expect(await type(token, secret)).toMatchObject({ status: 400, data: { problems: [{ field }] } });
        }
        expect((await staff.get('/admin/twitter/accounts')).data.count).toBe(before);
        const made = await type(accessToken, accessTokenSecret);
        expect([made.status, made.data.account.x_user_id]).toEqual([201, other.id]);
      });

      it('of another account are refused for this one, and those of a known one are added to it', async () => {
        const { accessToken, accessTokenSecret } = sandbox.current.seedUser().oauth1Credentials;
        const wrong = await type(accessToken, accessTokenSecret, `/${shop.account_id}`);
        expect(wrong).toMatchObject({ status: 400, data: { message: expect.stringContaining('another account') } });
        const own = shop.user.oauth1Credentials;
        const added = await type(own.accessToken, own.accessTokenSecret);
        expect([added.status, added.data.account.id, added.data.account.has_oauth1]).toEqual([
          200,
          shop.account_id,
          true,
        ]);
      });
    });

    describe('a post in doubt', () => {
      /** The timeline shows nothing until `blind` is removed. */
      const inDoubt = async (caption: string) => {
        const { faults } = sandbox.current;
        faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
        const empty = { kind: 'status', status: 200, body: { meta: { result_count: 0 } } } as const;
        const blind = faults.add({ endpoint: 'userTimeline', fault: empty });
        const { id } = await staff.compose({ account_id: shop.account_id, caption });
        await staff.publish(id);
        expect((await staff.read(id)).status).toBe('unknown');
        return { id, blind };
      };
      const notes = async () =>
        (await getContainer().resolve(Modules.NOTIFICATION).listNotifications({ channel: 'feed' })).map(
          ({ data }) => data,
        );

      it('is looked for after the answer, which comes at once', async () => {
        const { id, blind } = await inDoubt('Looked for later');
        const answer = await staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'check' });
        expect([answer.status, answer.data.post.status]).toEqual([202, 'unknown']);
        blind.remove();
        while ((await staff.read(id)).status !== 'posted') {
          await staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'check' });
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
        expect((await staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'check' })).status).toBe(409);
      });

      it('is reported to staff once, in their words, with where to find it', async () => {
        const { id, blind } = await inDoubt('Told once');
        blind.remove();
        await Promise.all([notifyStaff(getContainer(), id), notifyStaff(getContainer(), id)]).catch(() => {});
        await notifyStaff(getContainer(), id);
        const reported = (await notes()).filter((data) => String(data?.url).endsWith(id));
        expect(reported).toHaveLength(1);
        expect(reported[0]).toMatchObject({ title: 'A post may or may not be out', url: `/app/twitter/posts/${id}` });
        expect(reported[0]?.description).toContain(
          `“Told once”: X may have published the post, but did not confirm it.`,
        );
        expect(reported[0]?.description).not.toContain((await staff.read(id)).error?.message);
      });

      it('says who did what with it', async () => {
        const { id, blind } = await inDoubt('Who was it?');
        blind.remove();
        await staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'abandon' });
        const { activity } = await staff.read(id);
        expect(activity?.map(({ event }) => event)).toEqual(['created', 'asked_to_publish', 'gave_up']);
        expect(new Set(activity?.map(({ actor }) => actor))).toEqual(new Set(['staff@example.test']));
      });
    });

    describe('a thread', () => {
      it('has the metrics of all its parts', async () => {
        const { id } = await staff.compose({
          account_id: shop.account_id,
          caption: 'One',
          thread: [{ caption: 'Two' }, { caption: 'Three' }],
        });
        expect((await staff.publish(id)).status).toBe(200);
        for (const [index, tweet] of sandbox.current.ledger.tweets().slice(-3).entries()) {
          Object.assign(tweet.metrics, { like_count: index + 1, impression_count: 10 });
        }
        await staff.post(`/admin/twitter/posts/${id}/sync-insights`);
        expect((await staff.read(id)).insights).toMatchObject({ likes: 6, impressions: 30 });
      });
    });

    describe('a file of the shop’s own', () => {
      const upload = async (access: 'public' | 'private') => {
        const picture = await (await fetch(media.jpeg(sandbox.current))).arrayBuffer();
        const content = Buffer.from(picture).toString('base64');
        const file = { filename: 'oak lamp.jpg', mimeType: 'image/jpeg', content, access };
        return getContainer().resolve(Modules.FILE).createFiles(file);
      };
      const probe = async (url: string) => (await staff.post('/admin/twitter/posts/probe', { url })).data.probe;

      it('is read by its file module, and opens no network to what staff type', async () => {
        const file = await upload('public');
        const hidden = await upload('private');
        const { X_MEDIA_ALLOW_HTTP, X_MEDIA_ALLOW_PRIVATE_NETWORKS } = process.env;
        delete process.env.X_MEDIA_ALLOW_HTTP;
        delete process.env.X_MEDIA_ALLOW_PRIVATE_NETWORKS;
        try {
          expect(file.url).toMatch(/^http:\/\/localhost:9000\/static\//);
          expect(await probe(file.url)).toMatchObject({ content_type: 'image/jpeg', problems: [] });
          const others = [
            media.jpeg(sandbox.current),
            'http://localhost:9000/static/none.jpg',
            'http://localhost:9000/static/..%2f..%2fpackage.json',
            'http://localhost:9000/health',
            hidden.url,
            file.url.replace(':9000', ':9001'),
          ];
          for (const url of others) {
            expect(await probe(url)).toMatchObject({ content_type: null, problems: [expect.anything()] });
          }
          const attachment = { url: file.url, alt_text: 'The lamp' };
          const post = await staff.compose({
            account_id: shop.account_id,
            caption: 'From our shelf',
            media_attachments: [attachment],
          });
          const answer = await staff.publish(post.id);
          expect([answer.status, answer.data.message]).toEqual([200, undefined]);
          expect(sandbox.current.ledger.tweets().at(-1)).toMatchObject({ text: 'From our shelf', media: [{}] });
          const [other = ''] = others;
          const refused = await staff.compose({
            account_id: shop.account_id,
            caption: 'Theirs',
            media_attachments: [{ url: other }],
          });
          expect((await staff.publish(refused.id)).status).toBe(400);
        } finally {
          Object.assign(process.env, { X_MEDIA_ALLOW_HTTP, X_MEDIA_ALLOW_PRIVATE_NETWORKS });
          await getContainer().resolve(Modules.FILE).deleteFiles([file.id, hidden.id]);
        }
      });
    });

    it('shows nothing of a request’s key or digest', async () => {
      const { data } = await create({ account_id: shop.account_id, caption: 'Plain', idempotency_key: randomUUID() });
      expect(JSON.stringify(data)).not.toMatch(/idempotency|digest/);
    });
  },
});
