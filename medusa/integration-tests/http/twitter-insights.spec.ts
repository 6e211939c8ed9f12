import { medusaIntegrationTestRunner } from '@medusajs/test-utils';
import syncDueInsights from '../../src/jobs/sync-due-insights';
import { useSandbox } from '../lib/sandbox';
import { accountOf, Staff } from '../lib/shop';

jest.setTimeout(300_000);

medusaIntegrationTestRunner({
  testSuite: ({ api, getContainer, dbConnection }) => {
    const sandbox = useSandbox();
    let staff: Staff;
    let account_id: string;

    beforeAll(async () => {
      staff = await Staff.signedIn(getContainer(), api);
    });

    beforeEach(async () => {
      account_id = await accountOf(getContainer(), sandbox.current.seedUser());
    });

    const posted = async (caption: string) => {
      const { id } = await staff.compose({ account_id, caption });
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

    it('tells which posts failed, and syncs the others', async () => {
      const good = await posted('Stays');
      const bad = await posted('Goes');
      bad.tweet.deleted = true;
      const { data } = await staff.post('/admin/twitter/posts/sync-all-insights');
      expect(data.failed).toEqual([{ id: bad.id, message: expect.any(String) }]);
      expect((await staff.read(good.id)).insights).not.toBeNull();
      expect((await staff.post(`/admin/twitter/posts/${bad.id}/sync-insights`)).status).toBe(404);
    });

    it('refuses a post that is not out', async () => {
      const { id } = await staff.compose({ account_id, caption: 'Not yet' });
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

    it('reads recent posts by itself, on a schedule that decays', async () => {
      const { id } = await posted('By itself');
      const dueAt = async () => {
        const { rows } = await dbConnection.raw(
          'SELECT extract(epoch FROM insights_due_at - now()) / 60 AS minutes FROM twitter_post WHERE id = ?',
          [id],
        );
        return rows[0].minutes === null ? null : Math.round(rows[0].minutes);
      };
      const read = async (age: string) => {
        await dbConnection.raw(
          `UPDATE twitter_post SET insights_due_at = now(), posted_at = now() - interval '${age}' WHERE id = ?`,
          [id],
        );
        await syncDueInsights(getContainer());
        return dueAt();
      };
      expect(await dueAt()).toBe(5);
      expect(await read('1 minute')).toBe(10);
      expect(await read('2 hours')).toBe(60);
      expect(await read('2 days')).toBe(360);
      expect(await read('8 days')).toBe(1440);
      expect(await read('31 days')).toBeNull();
      const { data } = await staff.get(`/admin/twitter/posts/${id}/insights`);
      expect(data.insights).toHaveLength(5);
    });

    it('keeps the public numbers where X refuses the author’s own, and says so', async () => {
      const { id, tweet } = await posted('Partial');
      Object.assign(tweet.metrics, { like_count: 3 });
      // X tells an author their own numbers for 30 days.
      sandbox.current.clock.advance(31 * 24 * 3_600_000);
      const { data } = await staff.post(`/admin/twitter/posts/${id}/sync-insights`);
      expect(data.insights).toMatchObject({ likes: 3, unavailable: expect.arrayContaining([expect.any(String)]) });
    });
  },
});
