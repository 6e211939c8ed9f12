import { medusaIntegrationTestRunner } from '@medusajs/test-utils';
import syncDueInsights from '../../src/jobs/sync-due-insights';
import { twitterOf } from '../../src/twitter/service';
import { accountOf, useShop } from '../lib/shop';

jest.setTimeout(300_000);

medusaIntegrationTestRunner({
  testSuite: ({ api, getContainer, dbConnection }) => {
    const shop = useShop({ api, getContainer });
    const { sandbox, staff } = shop;

    const posted = async (caption: string) => {
      const { id } = await staff.compose({ account_id: shop.account_id, caption });
      const { data } = await staff.publish(id);
      const tweet = sandbox.current.ledger.tweets().find(({ id }) => data.post.post_url.endsWith(id));
      return { id, tweet };
    };

    it('fetches a post’s metrics', async () => {
      const { id, tweet } = await posted('Metrics');
      Object.assign(tweet.metrics, { impression_count: 120, like_count: 7, retweet_count: 2 });
      const { status, data } = await staff.post(`/admin/twitter/posts/${id}/sync-insights`);
      expect(status).toBe(200);
      expect(data.insights).toMatchObject({ impressions: 120, likes: 7, retweets: 2, taken_at: expect.any(String) });
    });

    it('updates the metrics in the database: the post’s own, and a reading for each time', async () => {
      const { id, tweet } = await posted('Updated');
      for (const likes of [1, 5]) {
        tweet.metrics.like_count = likes;
        await staff.post(`/admin/twitter/posts/${id}/sync-insights`);
      }
      const { rows } = await dbConnection.raw('SELECT insights, insights_at FROM twitter_post WHERE id = ?', [id]);
      expect(rows).toEqual([{ insights: expect.objectContaining({ likes: 5 }), insights_at: expect.any(Date) }]);
      const { data } = await staff.get(`/admin/twitter/posts/${id}/insights`);
      expect(data.insights.map(({ likes }: { likes: number }) => likes)).toEqual([1, 5]);
    });

    it('reads many posts in batches of 100', async () => {
      const ids: string[] = [];
      for (let index = 0; index < 3; index += 1) ids.push((await posted(`Batch ${index}`)).id);
      sandbox.current.ledger.clear();
      const { data } = await staff.post('/admin/twitter/posts/sync-all-insights');
      expect(data).toMatchObject({ synced: expect.any(Number), failed: [] });
      expect(data.synced).toBeGreaterThanOrEqual(3);
      expect(sandbox.current.ledger.requests({ endpoint: 'lookupTweets' })).toHaveLength(1);
    });

    it('reports which posts failed, and syncs the others', async () => {
      const good = await posted('Stays');
      const bad = await posted('Goes');
      bad.tweet.deleted = true;
      const { data } = await staff.post('/admin/twitter/posts/sync-all-insights');
      expect(data.failed).toEqual([{ id: bad.id, code: expect.any(String), message: expect.any(String) }]);
      expect((await staff.read(good.id)).insights).not.toBeNull();
      expect((await staff.post(`/admin/twitter/posts/${bad.id}/sync-insights`)).status).toBe(404);
    });

    it('refuses a post that is not out', async () => {
      const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Not yet' });
      expect((await staff.post(`/admin/twitter/posts/${id}/sync-insights`)).status).toBe(400);
    });

    it('answers 429 and when to come back, at a rate limit', async () => {
      const { id } = await posted('Limited');
      const headers = {
        'x-rate-limit-limit': '1',
        'x-rate-limit-remaining': '0',
        'x-rate-limit-reset': String(Math.ceil(Date.now() / 1000) + 60),
      };
      const fault = {
        kind: 'status' as const,
        status: 429,
        headers,
        body: { title: 'Too Many Requests', status: 429 },
      };
      sandbox.current.faults.add({ endpoint: 'lookupTweets', fault });
      const answer = await staff.post(`/admin/twitter/posts/${id}/sync-insights`);
      expect(answer.status).toBe(429);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(30);
    });

    const dueAt = async (id: string) => {
      const { rows } = await dbConnection.raw(
        'SELECT extract(epoch FROM insights_due_at - now()) / 60 AS minutes FROM twitter_post WHERE id = ?',
        [id],
      );
      return rows[0].minutes === null ? null : Math.round(rows[0].minutes);
    };

    const readAt = async (id: string, age: string) => {
      await dbConnection.raw(
        `UPDATE twitter_post SET insights_due_at = now(), posted_at = now() - interval '${age}' WHERE id = ?`,
        [id],
      );
      await syncDueInsights(getContainer());
      return dueAt(id);
    };

    /** With other options, for the time of some work. */
    const withOptions = async (options: object, work: () => Promise<void>) => {
      const { options: own } = twitterOf(getContainer());
      const before = Object.fromEntries(Object.keys(options).map((name) => [name, own[name as keyof typeof own]]));
      Object.assign(own, options);
      try {
        await work();
      } finally {
        Object.assign(own, before);
      }
    };

    it('reads recent posts by itself, on a schedule that decays', async () => {
      const { id } = await posted('By itself');
      expect(await dueAt(id)).toBe(60);
      expect(await readAt(id, '61 minutes')).toBe(5 * 60 - 1);
      expect(await readAt(id, '2 days')).toBe(24 * 60);
      expect(await readAt(id, '14 days')).toBe(7 * 24 * 60);
      expect(await readAt(id, '29 days')).toBeNull();
      const { data } = await staff.get(`/admin/twitter/posts/${id}/insights`);
      expect(data.insights).toHaveLength(4);
    });

    it('reads as often as the shop chose', () =>
      withOptions({ insights: 'close' }, async () => {
        const { id } = await posted('Closely');
        expect(await dueAt(id)).toBe(5);
        expect(await readAt(id, '5 minutes')).toBe(10);
        expect(await readAt(id, '2 hours')).toBe(60);
      }));

    it('reads nothing by itself where the shop wants that, and still what staff ask for', () =>
      withOptions({ insights: 'off' }, async () => {
        const { id } = await posted('Not by itself');
        expect(await dueAt(id)).toBeNull();
        sandbox.current.ledger.clear();
        await readAt(id, '1 day');
        expect(sandbox.current.ledger.requests({ endpoint: 'lookupTweets' })).toHaveLength(0);
        expect((await staff.post(`/admin/twitter/posts/${id}/sync-insights`)).status).toBe(200);
      }));

    it('pays for no post that was deleted on X', async () => {
      const [kept, gone] = [await posted('Kept'), await posted('Taken down')];
      await twitterOf(getContainer()).markDeleted(gone.id);
      sandbox.current.ledger.clear();
      await dbConnection.raw('UPDATE twitter_post SET insights_due_at = now() WHERE id IN (?, ?)', [kept.id, gone.id]);
      await syncDueInsights(getContainer());
      expect(sandbox.current.ledger.billed().post_read).toMatchObject({ requests: 1, resources: 1 });
      await staff.post('/admin/twitter/posts/sync-all-insights');
      const lookups = sandbox.current.ledger.requests({ endpoint: 'lookupTweets' });
      expect(JSON.stringify(lookups)).not.toContain(gone.tweet.id);
    });

    it('reads the posts of the app’s owner on the timeline, for less', async () => {
      const owner = sandbox.current.seedUser({ ownsApp: true });
      shop.account_id = await accountOf(getContainer(), owner);
      await withOptions({ appOwnerId: owner.id }, async () => {
        const posts = [await posted('Mine, one'), await posted('Mine, two'), await posted('Mine, three')];
        const [first, second, third] = posts as [(typeof posts)[0], (typeof posts)[0], (typeof posts)[0]];
        Object.assign(first.tweet.metrics, { like_count: 4 });
        // One that the timeline does not show is read by its id.
        third.tweet.deleted = true;
        sandbox.current.ledger.clear();
        for (const { id } of posts)
          await dbConnection.raw('UPDATE twitter_post SET insights_due_at = now() WHERE id = ?', [id]);
        await syncDueInsights(getContainer());
        expect(sandbox.current.ledger.billed()).toMatchObject({
          owned_read: { requests: 1, resources: 2 },
          post_read: { resources: 0 },
        });
        expect((await staff.read(first.id)).insights).toMatchObject({ likes: 4 });
        expect((await staff.read(second.id)).insights).not.toBeNull();
        expect(await dueAt(third.id)).toBeNull();
      });
    });

    describe('costs', () => {
      const costs = async () => (await staff.get('/admin/twitter/costs')).data.costs;

      it('of a post are shown while it is composed, and with its result', async () => {
        const caption = 'A lamp: https://shop.example.com/lamp';
        const { data } = await staff.post('/admin/twitter/posts/validate', { caption });
        expect(data.validation.cost).toMatchObject({
          usd: 0.2,
          items: [{ what: 'post_with_link', usd: 0.2, why: expect.stringContaining('link') }],
          prices_as_of: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        });
        const { id } = await staff.compose({ account_id: shop.account_id, caption });
        expect((await staff.publish(id)).data.result.estimatedCost).toEqual({
          usd: 0.2,
          pricesAsOf: data.validation.cost.prices_as_of,
        });
        const thread = await staff.compose({
          account_id: shop.account_id,
          caption: 'Two lamps',
          thread: [{ caption: 'And a third' }],
        });
        expect((await staff.publish(thread.id)).data.result.estimatedCost.usd).toBe(0.03);
      });

      it('follow the prices that the shop gives', () =>
        withOptions({ prices: { postWithLink: 0.25, asOf: '2027-01-01' } }, async () => {
          const caption = 'Dearer: https://shop.example.com/lamp';
          const { data } = await staff.post('/admin/twitter/posts/validate', { caption });
          expect(data.validation.cost).toMatchObject({ usd: 0.25, prices_as_of: '2027-01-01' });
          const { id } = await staff.compose({ account_id: shop.account_id, caption });
          expect((await staff.publish(id)).data.result.estimatedCost.usd).toBe(0.25);
        }));

      it('of a month are those of the last 30 days’ posts and of reading them by the schedule', async () => {
        const before = (await costs()).month;
        await posted('Plain');
        const old = await posted('Of last year');
        await dbConnection.raw(`UPDATE twitter_post SET posted_at = now() - interval '31 days' WHERE id = ?`, [old.id]);
        const { month } = await costs();
        expect(month.posts.count - before.posts.count).toBe(1);
        expect(month.posts.usd - before.posts.usd).toBeCloseTo(0.015, 6);
        expect(month.insights).toMatchObject({ schedule: 'normal', readings_per_post: 12 });
        expect(month.insights.usd - before.insights.usd).toBeCloseTo(12 * 0.005, 6);
        expect(month.usd).toBeCloseTo(month.posts.usd + month.insights.usd, 6);
      });

      it('as X has counted them are asked for once an hour, and a failure is reported', async () => {
        sandbox.current.ledger.clear();
        const { usage } = await costs();
        expect(usage).toMatchObject({ error: null, posts_read: expect.any(Number), cap: expect.any(Number) });
        expect(usage.credits_usd !== null || usage.credits_unavailable !== null).toBe(true);
        const asked = sandbox.current.ledger.requests({ endpoint: 'usage' }).length;
        await costs();
        expect(sandbox.current.ledger.requests({ endpoint: 'usage' })).toHaveLength(asked);
        const { options } = twitterOf(getContainer());
        const { X_API_SECRET } = process.env;
        delete process.env.X_API_SECRET;
        Object.assign(options, { apiSecret: undefined });
        expect((await costs()).usage.error).toMatchObject({ code: 'NOT_CONFIGURED' });
        process.env.X_API_SECRET = X_API_SECRET;
      });
    });

    it('keeps the public numbers where X refuses the author’s own, and says so', async () => {
      const { id, tweet } = await posted('Partial');
      Object.assign(tweet.metrics, { like_count: 3 });
      // X gives an author their own numbers for 30 days.
      sandbox.current.clock.advance(31 * 24 * 3_600_000);
      const { data } = await staff.post(`/admin/twitter/posts/${id}/sync-insights`);
      expect(data.insights).toMatchObject({ likes: 3, unavailable: expect.arrayContaining([expect.any(String)]) });
    });
  },
});
