// What other code of a shop builds on: lists, workflows with their hooks, events, credentials for steps of its own.
import { createHmac } from 'node:crypto';
import { ContainerRegistrationKeys, MedusaError, Modules } from '@medusajs/framework/utils';
import { medusaIntegrationTestRunner } from '@medusajs/test-utils';
import announceOutcomes from '../../src/jobs/announce-outcomes';
import publishDuePosts from '../../src/jobs/publish-due-posts';
import reconcileUnknownPosts from '../../src/jobs/reconcile-unknown-posts';
import resumeAbandonedPosts from '../../src/jobs/resume-abandoned-posts';
import { twitterOf } from '../../src/twitter/service';
import type { TwitterPostView } from '../../src/types/http';
import {
  beginPublishWorkflow,
  createTwitterPostsWorkflow,
  deleteTwitterPostsWorkflow,
  publishPostWorkflow,
  updateTwitterPostsWorkflow,
} from '../../src/workflows';
import { announceWorkflow, greetWorkflow } from '../consumer/own-steps';
import { accountOf, useShop } from '../lib/shop';

jest.setTimeout(300_000);

type HookName = 'validate' | 'postsCreated' | 'postsUpdated' | 'postsDeleted' | 'validatePublish';

/** What a shop's hooks do; each can be registered once in a process. */
const hooks: Partial<Record<HookName, (input: unknown) => void>> = {};
const called = (name: HookName) => async (input: unknown) => hooks[name]?.(input);
createTwitterPostsWorkflow.hooks.validate(called('validate'));
createTwitterPostsWorkflow.hooks.postsCreated(called('postsCreated'));
updateTwitterPostsWorkflow.hooks.postsUpdated(called('postsUpdated'));
deleteTwitterPostsWorkflow.hooks.postsDeleted(called('postsDeleted'));
beginPublishWorkflow.hooks.validate(called('validatePublish'));

const refuse = () => {
  throw new MedusaError(MedusaError.Types.NOT_ALLOWED, 'The shop says no');
};

medusaIntegrationTestRunner({
  testSuite: ({ api, getContainer, dbConnection }) => {
    const shop = useShop({ api, getContainer }, { isImpatient: true });
    const { sandbox, staff } = shop;

    afterEach(() => {
      for (const name of Object.keys(hooks)) delete hooks[name as HookName];
    });

    const tweets = (text: string) => sandbox.current.ledger.tweets().filter((tweet) => tweet.body.text === text);

    const product = async (title: string): Promise<string> => {
      const options = [{ title: 'Wood', values: ['Oak'] }];
      return (await staff.post('/admin/products', { title, options })).data.product.id;
    };

    describe('lists', () => {
      const list = (query: string) => staff.get(`/admin/twitter/posts?${query}`);
      const captions = async (query: string) =>
        (await list(query)).data.posts.map(({ caption }: TwitterPostView) => caption);

      it('sort, by any of the fields that are named, and page without repeating', async () => {
        for (const caption of ['b', 'c', 'a', 'd', 'e']) await staff.compose({ account_id: shop.account_id, caption });
        expect(await captions('order=caption')).toEqual(['a', 'b', 'c', 'd', 'e']);
        expect(await captions('order=-caption&limit=2')).toEqual(['e', 'd']);
        expect(await captions('')).toEqual(['e', 'd', 'a', 'c', 'b']);
        const pages = [0, 2, 4].map((offset) => captions(`order=status&limit=2&offset=${offset}`));
        expect((await Promise.all(pages)).flat().sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
        const { status, data } = await list('order=api_config');
        expect([status, data.problems[0].field]).toEqual([400, 'order']);
        expect(data.message).toMatch(/must be one of created_at, .*caption/);
      });

      it('show the fields that are asked for', async () => {
        await staff.compose({ account_id: shop.account_id, caption: 'Short' });
        const fields = async (query: string) => Object.keys((await list(`fields=${query}`)).data.posts[0]).sort();
        expect(await fields('caption,status')).toEqual(['caption', 'id', 'status']);
        expect(await fields('-account,-media_attachments')).not.toContain('account');
        expect(await fields('%2Bintent')).toEqual(expect.arrayContaining(['account', 'caption', 'intent']));
        expect(await fields('')).not.toContain('intent');
        for (const unknown of ['secret', '%2Baccount.api_config', '*account.posts']) {
          const { status, data } = await list(`fields=${unknown}`);
          expect([status, data.problems[0].field]).toEqual([400, 'fields']);
          expect(data.message).toMatch(/there is no field (secret|account\.\w+): there are id, account_id/);
        }
        const one = await staff.get(`/admin/twitter/posts/${(await list('')).data.posts[0].id}?fields=caption`);
        expect(Object.keys(one.data.post)).toEqual(['id', 'caption']);
      });

      it('filter by ids, times and products', async () => {
        const lamp = await product('Listed lamp');
        const early = await staff.compose({
          account_id: shop.account_id,
          caption: 'early',
          scheduled_at: '2098-01-01T00:00:00Z',
        });
        const late = await staff.compose({
          account_id: shop.account_id,
          caption: 'late',
          scheduled_at: '2099-01-01T00:00:00Z',
        });
        const draft = await staff.compose({ account_id: shop.account_id, caption: 'draft', product_id: lamp });
        expect((await captions(`id[]=${early.id}&id[]=${draft.id}`)).sort()).toEqual(['draft', 'early']);
        expect(await captions(`id=${late.id}`)).toEqual(['late']);
        expect(await captions('scheduled_at[$gte]=2098-06-01')).toEqual(['late']);
        expect(await captions('scheduled_at[$gt]=2097-01-01&scheduled_at[$lt]=2098-06-01T00:00:00Z')).toEqual([
          'early',
        ]);
        expect(await captions(`created_at[$gt]=${new Date(Date.now() + 3_600_000).toISOString()}`)).toEqual([]);
        expect(await captions(`product_id=${lamp}`)).toEqual(['draft']);
        expect(await captions(`product_id=${lamp}&id=${early.id}`)).toEqual([]);
        expect((await captions('status[]=draft&status[]=scheduled')).sort()).toEqual(['draft', 'early', 'late']);
      });

      it('find words as they are typed, wildcards among them', async () => {
        const texts = ['100% oak', '100 oaks', 'snake_case', 'snakeXcase', 'back\\slash', 'backslash'];
        for (const caption of texts) await staff.compose({ account_id: shop.account_id, caption });
        expect(await captions('q=100%25')).toEqual(['100% oak']);
        expect(await captions('q=snake_case')).toEqual(['snake_case']);
        expect(await captions('q=back%5Cslash')).toEqual(['back\\slash']);
        expect(await captions('q=%25')).toEqual(['100% oak']);
        expect((await captions('q=oak 100')).sort()).toEqual(['100 oaks', '100% oak']);
      });

      it.each([
        ['posts?captoin=x', 'captoin'],
        ['posts?created_at[$like]=x', '$like'],
        ['posts?created_at[$gte]=tomorrow', 'created_at.$gte'],
        ['posts?$or[0][caption]=x', '$or'],
        ['posts?with_deleted=true', 'with_deleted'],
        ['posts?id[$ne]=x', 'id'],
        ['posts?status=gone', 'status'],
        ['accounts?api_config=x', 'api_config'],
        ['accounts?fields=api_config', 'fields'],
        ['oauth?redirect=x', 'redirect'],
      ])('refuse by name what they do not have: %s', async (path, name) => {
        const { status, data } = await staff.get(`/admin/twitter/${path}`);
        expect(status).toBe(400);
        expect(data.message).toContain(name);
      });

      it('of accounts are the same', async () => {
        const second = await accountOf(getContainer(), sandbox.current.seedUser());
        const { data } = await staff.get('/admin/twitter/accounts?order=-created_at&limit=1&fields=status');
        expect(data).toMatchObject({ accounts: [{ id: second, status: 'connected' }], count: 2, limit: 1, offset: 0 });
        const found = await staff.get(`/admin/twitter/accounts?id[]=${shop.account_id}&status=connected`);
        expect(found.data.accounts).toMatchObject([{ id: shop.account_id }]);
      });
    });

    describe('workflows of posts', () => {
      it('hand their hooks the posts, and what a request adds for them', async () => {
        const seen: unknown[] = [];
        for (const name of ['validate', 'postsCreated', 'postsUpdated'] as const)
          hooks[name] = (input) => seen.push(input);
        hooks.postsDeleted = (input) => seen.push(input);
        const additional_data = { campaign: 'spring' };
        const { data } = await staff.post('/admin/twitter/posts', {
          account_id: shop.account_id,
          caption: 'Hooked',
          additional_data,
        });
        const { id, revision } = data.post;
        await staff.post(`/admin/twitter/posts/${id}`, { caption: 'Hooked twice', revision, additional_data });
        await staff.delete(`/admin/twitter/posts/${id}`);
        expect(seen).toMatchObject([
          { posts: [{ account_id: shop.account_id, caption: 'Hooked' }], additional_data },
          { posts: [{ id, caption: 'Hooked', status: 'draft' }], additional_data },
          { posts: [{ id, caption: 'Hooked twice', revision: revision + 1 }], additional_data },
          { ids: [id] },
        ]);
      });

      it('write nothing that a hook refuses, and undo what it refuses afterwards', async () => {
        const [lamp, chair] = [await product('Undone lamp'), await product('Undone chair')];
        const input = { account_id: shop.account_id, caption: 'Undone', product_id: lamp };
        for (const name of ['validate', 'postsCreated'] as const) {
          hooks[name] = refuse;
          const { status, data } = await staff.post('/admin/twitter/posts', input);
          expect([name, status, data.message]).toEqual([name, 400, 'The shop says no']);
          delete hooks[name];
        }
        const ofLamp = async () => (await staff.get(`/admin/twitter/posts?product_id=${lamp}`)).data.posts;
        expect([(await staff.get('/admin/twitter/posts')).data.count, await ofLamp()]).toEqual([0, []]);

        const post = await staff.compose({ ...input, scheduled_at: '2099-01-01T00:00:00Z' });
        const shown = ({ caption, product_id, status, scheduled_at, poll }: TwitterPostView) => ({
          ...{ caption, product_id, status, scheduled_at, poll },
        });
        hooks.postsUpdated = refuse;
        const poll = { options: ['Yes', 'No'], duration_minutes: 60 };
        const change = { caption: 'Done', product_id: chair, scheduled_at: null, poll, revision: post.revision };
        expect((await staff.post(`/admin/twitter/posts/${post.id}`, change)).status).toBe(400);
        expect(shown(await staff.read(post.id))).toEqual(shown(post));

        hooks.postsDeleted = refuse;
        expect((await staff.delete(`/admin/twitter/posts/${post.id}`)).status).toBe(400);
        expect(shown(await staff.read(post.id))).toEqual(shown(post));
        expect(await ofLamp()).toHaveLength(1);
      });

      it('undo the rows where the products can’t be linked', async () => {
        const [lamp, chair] = [await product('Linkless lamp'), await product('Linkless chair')];
        const post = await staff.compose({ account_id: shop.account_id, caption: 'Linked', product_id: lamp });
        const link = getContainer().resolve(ContainerRegistrationKeys.LINK);
        const away = jest.spyOn(link, 'create').mockRejectedValueOnce(new Error('the database is away'));
        const change = { caption: 'Not linked', product_id: chair, revision: post.revision };
        expect((await staff.post(`/admin/twitter/posts/${post.id}`, change)).status).toBe(500);
        away.mockRestore();
        expect(await staff.read(post.id)).toMatchObject({ caption: 'Linked', product_id: lamp });
      });

      it('change and delete all of several posts, or none', async () => {
        const first = await staff.compose({ account_id: shop.account_id, caption: 'First' });
        const second = await staff.compose({ account_id: shop.account_id, caption: 'Second' });
        const changes = [first, second].map(({ id, revision }) => ({ id, revision, caption: 'Changed' }));
        const stale = [changes[0], { ...changes[1], revision: 99 }] as typeof changes;
        const run = (posts: typeof changes) => updateTwitterPostsWorkflow(getContainer()).run({ input: { posts } });
        await expect(run(stale)).rejects.toMatchObject({ type: 'conflict' });
        expect((await staff.read(first.id)).caption).toBe('First');
        expect((await run(changes)).result.map(({ caption }) => caption)).toEqual(['Changed', 'Changed']);
        const remove = (ids: string[]) => deleteTwitterPostsWorkflow(getContainer()).run({ input: { ids } });
        await expect(remove([first.id, 'twpost_none'])).rejects.toMatchObject({ type: 'not_found' });
        expect((await staff.read(first.id)).caption).toBe('Changed');
        await remove([first.id, second.id]);
        expect((await staff.get('/admin/twitter/posts')).data.count).toBe(0);
      });
    });

    describe('publishing in a shop’s own workflow', () => {
      it('gives the workflow what its type says', async () => {
        const first = await staff.compose({ account_id: shop.account_id, caption: 'By a workflow' });
        const { result } = await publishPostWorkflow(getContainer()).run({ input: { post_id: first.id } });
        const [tweet] = tweets('By a workflow');
        expect(result).toEqual({
          ...{ id: first.id, status: 'posted', retry_at: null, post_url: expect.stringContaining(tweet.id) },
          result: expect.objectContaining({ kind: 'tweet', tweetId: tweet.id }),
        });
        const second = await staff.compose({ account_id: shop.account_id, caption: 'In a workflow' });
        const run = await announceWorkflow(getContainer()).run({ input: { post_id: second.id } });
        expect(run.result.line).toBe(`posted: ${run.result.published.result?.tweetUrl}`);
        expect(run.result.line).toContain(tweets('In a workflow')[0].id);
      });

      it('says what failed, and what is refused before', async () => {
        const url = `${sandbox.current.url}/media/jpeg?html=1`;
        const bad = await staff.compose({
          account_id: shop.account_id,
          caption: 'No picture',
          media_attachments: [{ url }],
        });
        const failing = publishPostWorkflow(getContainer()).run({ input: { post_id: bad.id } });
        await expect(failing).rejects.toMatchObject({ code: 'INVALID_MEDIA', post_id: bad.id, status: 'failed' });
        expect((await staff.read(bad.id)).status).toBe('failed');

        hooks.validatePublish = refuse;
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Not approved' });
        const refused = announceWorkflow(getContainer()).run({ input: { post_id: id } });
        await expect(refused).rejects.toMatchObject({ message: 'The shop says no' });
        expect((await staff.publish(id)).status).toBe(400);
        expect((await staff.read(id)).status).toBe('draft');
        expect(tweets('Not approved')).toEqual([]);
      });

      it('reports a post that was put off', async () => {
        const reset = Math.ceil(Date.now() / 1000) + 90;
        const headers = {
          'x-rate-limit-limit': '1',
          'x-rate-limit-remaining': '0',
          'x-rate-limit-reset': String(reset),
        };
        const body = { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank', status: 429 };
        const fault = { kind: 'status' as const, status: 429, headers, body };
        sandbox.current.faults.add({ endpoint: 'createTweet', times: 1, fault });
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Later' });
        const { result } = await publishPostWorkflow(getContainer()).run({ input: { post_id: id } });
        expect(result).toMatchObject({ status: 'scheduled', result: null, retry_at: expect.any(String) });
      });
    });

    it('a shop’s own step gets credentials that are refreshed, and no workflow stores them', async () => {
      const user = sandbox.current.seedUser();
      const config = { obtained_at: Date.now() - 7_200_000, expires_at: Date.now() + 1000 };
      const id = await accountOf(getContainer(), user, { oauth1: true, config });
      const run = (text: string) => greetWorkflow(getContainer()).run({ input: { account_id: id, text } });
      await Promise.all(['Good morning', 'Nice to see you'].map(run));
      expect([tweets('Good morning'), tweets('Nice to see you')]).toMatchObject([[{}], [{}]]);
      const renewed = await twitterOf(getContainer()).openCredentials(id);
      expect(renewed?.config.access_token).not.toBe(user.oauth2.accessToken);
      const { rows } = await dbConnection.raw(`SELECT * FROM workflow_execution WHERE workflow_id = 'consumer-greet'`);
      expect(rows.length).toBeGreaterThanOrEqual(2);
      const everything = JSON.stringify(rows);
      expect(everything).toContain(id);
      const { access_token, refresh_token } = renewed?.config ?? {};
      const { accessTokenSecret } = user.oauth1Credentials;
      const secrets = [
        access_token,
        refresh_token,
        user.oauth2.accessToken,
        user.oauth2.refreshToken,
        accessTokenSecret,
      ];
      expect(secrets.filter((secret) => secret === undefined || everything.includes(secret.slice(-12)))).toEqual([]);

      const { data } = await staff.post('/admin/twitter/accounts');
      const nobody = greetWorkflow(getContainer()).run({ input: { account_id: data.account.id, text: 'Nobody' } });
      await expect(nobody).rejects.toMatchObject({ message: expect.stringContaining('please re-authenticate') });
    });

    describe('events', () => {
      const NAMES = ['published', 'failed', 'unknown', 'deleted'].map((name) => `twitter.post.${name}`);
      let seen: { name: string; data: Record<string, unknown> }[];
      let onEvent: () => void;
      const subscriber = async (event: { name: string; data: unknown }) => {
        seen.push({ name: event.name, data: event.data as Record<string, unknown> });
        onEvent();
      };

      beforeEach(() => {
        seen = [];
        onEvent = () => {};
        const bus = getContainer().resolve(Modules.EVENT_BUS);
        for (const name of NAMES) bus.subscribe(name, subscriber, { subscriberId: name });
      });

      afterEach(() => {
        const bus = getContainer().resolve(Modules.EVENT_BUS);
        for (const name of NAMES) bus.unsubscribe(name, subscriber, { subscriberId: name });
      });

      const of = (id: string) => seen.filter(({ data }) => data.id === id).map(({ name }) => name.split('.')[2]);

      /** Waits until subscribers have got this many events of a post, and gives their names. */
      const received = async (id: string, count: number) => {
        while (of(id).length < count) await new Promise<void>((resolve) => (onEvent = resolve));
        return of(id);
      };

      /** Everything that looks at posts by itself has had its turn. */
      const jobs = async () => {
        await dbConnection.raw(`UPDATE twitter_post SET updated_at = now() - interval '1 hour'`);
        for (const job of [publishDuePosts, resumeAbandonedPosts, reconcileUnknownPosts, announceOutcomes]) {
          await job(getContainer());
        }
      };

      it('tell once that a post is out, that it failed, and that it was deleted in the shop', async () => {
        const good = await staff.compose({ account_id: shop.account_id, caption: 'Good news' });
        await staff.publish(good.id);
        const url = `${sandbox.current.url}/media/jpeg?status=404`;
        const bad = await staff.compose({
          account_id: shop.account_id,
          caption: 'Bad news',
          media_attachments: [{ url }],
        });
        await staff.publish(bad.id);
        const gone = await staff.compose({ account_id: shop.account_id, caption: 'No news' });
        await staff.delete(`/admin/twitter/posts/${gone.id}`);
        await Promise.all([received(good.id, 1), received(bad.id, 1), received(gone.id, 1)]);
        await jobs();
        const { post_url } = await staff.read(good.id);
        expect(seen).toHaveLength(3);
        expect(seen).toEqual(
          expect.arrayContaining([
            { name: 'twitter.post.published', data: { id: good.id, post_url } },
            {
              name: 'twitter.post.failed',
              data: { id: bad.id, code: 'MEDIA_SOURCE', message: expect.stringContaining('404') },
            },
            { name: 'twitter.post.deleted', data: { id: gone.id, deleted_on: 'shop' } },
          ]),
        );
      });

      it('report once that an outcome is unknown, then what it was, then that X has it no more', async () => {
        sandbox.current.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
        const blind = sandbox.current.faults.add({
          endpoint: 'userTimeline',
          fault: { kind: 'status', status: 200, body: { meta: { result_count: 0 } } },
        });
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Told step by step' });
        await staff.publish(id);
        expect(await received(id, 1)).toEqual(['unknown']);
        await jobs();
        expect(of(id)).toEqual(['unknown']);
        blind.remove();
        sandbox.current.clock.advance(180_000);
        await Promise.all([1, 2].map(() => staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'check' })));
        expect(await received(id, 2)).toEqual(['unknown', 'published']);
        const payload = { id: tweets('Told step by step')[0].id };
        for (const event_uuid of ['gone-1', 'gone-2']) {
          const body = JSON.stringify({ data: { event_uuid, event_type: 'post.delete', payload } });
          const secret = sandbox.current.env.X_API_SECRET as string;
          const signature = `sha256=${createHmac('sha256', secret).update(body).digest('base64')}`;
          const headers = { 'content-type': 'application/json', 'x-twitter-webhooks-signature': signature };
          await fetch(`${staff.address}/webhooks/twitter`, { method: 'POST', body, headers });
        }
        expect(await received(id, 3)).toEqual(['unknown', 'published', 'deleted']);
        await jobs();
        expect(seen.map(({ data }) => data).at(-1)).toEqual({ id, deleted_on: 'x' });
        expect(seen).toHaveLength(3);
      });

      it('are not lost with the process that should have sent them, nor with the bus', async () => {
        const bus = getContainer().resolve(Modules.EVENT_BUS);
        const emit = bus.emit.bind(bus);
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Told later' });
        const away = jest.spyOn(bus, 'emit').mockImplementation(async (given, options) => {
          const [first] = [given].flat();
          if (first?.name.startsWith('twitter.')) throw new Error('the bus is away');
          return emit(given as never, options);
        });
        await staff.publish(id);
        away.mockRestore();
        expect(of(id)).toEqual([]);
        await jobs();
        expect(await received(id, 1)).toEqual(['published']);
        await jobs();
        expect(of(id)).toEqual(['published']);
      });

      it('report a scheduled post that could not be begun', async () => {
        const scheduled_at = '2099-01-01T00:00:00Z';
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'x'.repeat(281), scheduled_at });
        await dbConnection.raw('UPDATE twitter_post SET scheduled_at = now() WHERE id = ?', [id]);
        await publishDuePosts(getContainer());
        expect(await received(id, 1)).toEqual(['failed']);
      });
    });

    describe('an account that was disconnected', () => {
      it('gets its posts back when the same X account is connected again', async () => {
        sandbox.current.seedUser({ username: 'comesback' });
        const { id: before } = await staff.connect();
        const posted = await staff.compose({ account_id: before, caption: 'From before' });
        await staff.publish(posted.id);
        const draft = await staff.compose({ account_id: before, caption: 'Half done' });
        await staff.delete(`/admin/twitter/accounts/${before}`);

        sandbox.current.seedUser({ username: 'somebodyelse' });
        await staff.connect();
        expect(await staff.read(draft.id)).toMatchObject({ account_id: before, account: null });

        const { id: after } = await staff.connect('', 'comesback');
        expect(
          (await staff.get('/admin/twitter/accounts')).data.accounts.map(({ id }: { id: string }) => id),
        ).toContain(after);
        const { data } = await staff.get(`/admin/twitter/posts?account_id=${after}&order=caption`);
        expect(data.posts).toMatchObject([
          { id: posted.id, status: 'posted', account: { profile: { username: 'comesback' } } },
          { id: draft.id, status: 'draft' },
        ]);
        expect((await staff.publish(draft.id)).status).toBe(200);
        expect(tweets('Half done')).toHaveLength(1);
      });

      it('is named at its posts, which are not published as anybody else', async () => {
        const draft = await staff.compose({ account_id: shop.account_id, caption: 'Orphan' });
        await staff.delete(`/admin/twitter/accounts/${shop.account_id}`);
        const other = await accountOf(getContainer(), sandbox.current.seedUser());
        const { data } = await staff.get('/admin/twitter/posts');
        expect(data.posts).toMatchObject([{ id: draft.id, account_id: shop.account_id, account: null }]);
        const gone = { status: 400, data: { message: expect.stringMatching(/was disconnected: connect it again/) } };
        expect(await staff.publish(draft.id)).toMatchObject(gone);
        const { revision } = draft;
        const scheduled_at = '2099-01-01T00:00:00Z';
        expect(await staff.post(`/admin/twitter/posts/${draft.id}`, { scheduled_at, revision })).toMatchObject(gone);
        expect((await staff.post('/admin/twitter/posts', { account_id: shop.account_id, caption: 'New' })).status).toBe(
          404,
        );
        const moved = await staff.post(`/admin/twitter/posts/${draft.id}`, {
          account_id: other,
          scheduled_at,
          revision,
        });
        expect(moved).toMatchObject({ status: 200, data: { post: { account: { id: other }, status: 'scheduled' } } });
        expect(tweets('Orphan')).toEqual([]);
      });
    });
  },
});
