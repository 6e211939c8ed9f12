import { medusaIntegrationTestRunner } from '@medusajs/test-utils';
import publishDuePosts from '../../src/jobs/publish-due-posts';
import type { TwitterPostStatus } from '../../src/types/http';
import { accountOf, media, type Staff, useShop } from '../lib/shop';

jest.setTimeout(300_000);

medusaIntegrationTestRunner({
  testSuite: ({ api, getContainer, dbConnection }) => {
    const shop = useShop({ api, getContainer });
    const { sandbox, staff } = shop;

    const tweets = (text: string) => sandbox.current.ledger.tweets().filter((tweet) => tweet.body.text === text);
    const images = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        url: media.jpeg(sandbox.current, index + 1),
        alt_text: `Side ${index + 1}`,
      }));

    describe('publishes', () => {
      it('a text-only post', async () => {
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'A lamp, at last' });
        const { status, data } = await staff.publish(id);
        const [tweet, ...others] = tweets('A lamp, at last');
        expect(others).toEqual([]);
        expect([status, data]).toMatchObject([200, { success: true, result: { kind: 'tweet', tweetId: tweet.id } }]);
        expect(data.post).toMatchObject({ status: 'posted', error: null, posted_at: expect.any(String) });
      });

      it('several posts of an account, and asks X once whose token it is', async () => {
        const captions = ['First of the day', 'Second of the day', 'Third of the day'];
        const posts = await Promise.all(
          captions.map((caption) => staff.compose({ account_id: shop.account_id, caption })),
        );
        await Promise.all(posts.map(({ id }) => staff.publish(id)));
        await staff.publish((await staff.compose({ account_id: shop.account_id, caption: 'Fourth of the day' })).id);
        for (const caption of [...captions, 'Fourth of the day']) expect(tweets(caption)).toHaveLength(1);
        expect(
          sandbox.current.ledger.requests({ endpoint: 'me' }).filter((request) => request.userId === shop.user.id),
        ).toHaveLength(1);
      });

      it('a post whose URL contains twitter.com and the id', async () => {
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Where is it?' });
        const { data } = await staff.publish(id);
        const [tweet] = tweets('Where is it?');
        expect(data.post.post_url).toBe(`https://twitter.com/i/web/status/${tweet.id}`);
      });

      it('a post with one image and its alt text', async () => {
        const { id } = await staff.compose({
          account_id: shop.account_id,
          caption: 'One image',
          media_attachments: images(1),
        });
        expect((await staff.publish(id)).status).toBe(200);
        expect(tweets('One image')).toMatchObject([{ media: [{ category: 'tweet_image', altText: 'Side 1' }] }]);
      });

      it.each([2, 3, 4])('a post with %i images, in order', async (count) => {
        const caption = `${count} images`;
        const { id } = await staff.compose({ account_id: shop.account_id, caption, media_attachments: images(count) });
        expect((await staff.publish(id)).status).toBe(200);
        const [tweet] = tweets(caption);
        expect(tweet.media.map(({ altText }: { altText: string }) => altText)).toEqual(
          images(count).map(({ alt_text }) => alt_text),
        );
      });

      it('a post with a GIF', async () => {
        const media_attachments = [{ url: media.gif(sandbox.current) }];
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'It moves', media_attachments });
        expect((await staff.publish(id)).status).toBe(200);
        expect(tweets('It moves')).toMatchObject([{ media: [{ category: 'tweet_gif' }] }]);
      });

      it('a post with a video, in chunks', async () => {
        const bytes = 12_000_000;
        const media_attachments = [{ url: media.video(sandbox.current, bytes), type: 'video' as const }];
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'A film', media_attachments });
        expect((await staff.publish(id)).status).toBe(200);
        const [tweet] = tweets('A film');
        expect(tweet.media).toMatchObject([{ category: 'tweet_video', bytes }]);
        expect(tweet.media[0].segments.size).toBeGreaterThan(1);
      });

      it('a thread, each part answering the one before', async () => {
        const thread = [{ caption: 'Two', media_attachments: images(1) }, { caption: 'Three' }];
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'One of three', thread });
        const { status, data } = await staff.publish(id);
        expect(status).toBe(200);
        const [[one], [two], [three]] = [tweets('One of three'), tweets('Two'), tweets('Three')];
        expect([two.replyTo, three.replyTo]).toEqual([one.id, two.id]);
        expect(data.post.post_url).toContain(one.id);
        const { intent } = await staff.read(id);
        expect(intent?.published.map(({ tweet_id }) => tweet_id)).toEqual([one.id, two.id, three.id]);
      });

      it('media by OAuth 1.0a and the post by OAuth 2.0, where both are stored', async () => {
        const user = sandbox.current.seedUser();
        const both = await accountOf(getContainer(), user, { oauth1: true });
        const { id } = await staff.compose({ account_id: both, caption: 'Both', media_attachments: images(1) });
        expect((await staff.publish(id)).status).toBe(200);
        const mine = sandbox.current.ledger.requests({ userId: user.id });
        expect(mine.filter(({ endpoint }) => endpoint === 'uploadMedia').map(({ auth }) => auth)).toEqual(['oauth1']);
        expect(mine.filter(({ endpoint }) => endpoint === 'createTweet').map(({ auth }) => auth)).toEqual(['oauth2']);
      });
    });

    describe('refuses before anything is sent', () => {
      const refused = async (input: Partial<Parameters<Staff['compose']>[0]>) => {
        const { id } = await staff.compose({ account_id: shop.account_id, ...input });
        sandbox.current.ledger.clear();
        const { status, data } = await staff.publish(id);
        expect(sandbox.current.ledger.requests().filter(({ endpoint }) => endpoint !== 'source')).toEqual([]);
        expect((await staff.read(id)).status).toBe<TwitterPostStatus>('draft');
        return { status, data };
      };

      it('a caption of 281 weighted characters', async () => {
        const { status, data } = await refused({ caption: 'a'.repeat(281) });
        expect(status).toBe(400);
        expect(data.problems).toMatchObject([{ field: 'text', limit: 280, actual: 281 }]);
        expect(data.message).toContain('280');
      });

      it('a caption of 141 emoji, which are 282 weighted characters', async () => {
        const { status, data } = await refused({ caption: '🪔'.repeat(141) });
        expect(status).toBe(400);
        expect(data.problems).toMatchObject([{ limit: 280, actual: 282 }]);
      });

      it('a fifth image', async () => {
        const { status, data } = await refused({ caption: 'Too many', media_attachments: images(5) });
        expect(status).toBe(400);
        expect(data.problems).toEqual(expect.arrayContaining([expect.objectContaining({ limit: 4, actual: 5 })]));
      });

      it('a video beside an image', async () => {
        const mixed = [{ url: media.video(sandbox.current), type: 'video' as const }, ...images(1)];
        expect((await refused({ caption: 'Mixed', media_attachments: mixed })).status).toBe(400);
      });

      it('a poll with media', async () => {
        const poll = { options: ['Yes', 'No'], duration_minutes: 60 };
        expect((await refused({ caption: 'Which?', media_attachments: images(1), poll })).status).toBe(400);
      });

      it('an empty post', async () => {
        expect((await refused({})).status).toBe(400);
      });

      it('an account without credentials, with "please re-authenticate"', async () => {
        const { data } = await staff.post('/admin/twitter/accounts');
        const answer = await refused({ account_id: data.account.id, caption: 'Nobody' });
        expect(answer.status).toBe(401);
        expect(answer.data.message).toContain('please re-authenticate');
      });

      it('media with a grant that lacks media.write, with "please re-authenticate"', async () => {
        const user = sandbox.current.seedUser({ scopes: 'tweet.read tweet.write users.read offline.access' });
        const narrow = await accountOf(getContainer(), user);
        const answer = await refused({ account_id: narrow, caption: 'Narrow', media_attachments: images(1) });
        expect(answer.status).toBe(401);
        expect(answer.data.message).toMatch(/media\.write.*please re-authenticate/);
        const { data } = await staff.get(`/admin/twitter/accounts/${narrow}`);
        expect(data.account.missing_scopes).toEqual(['media.write']);
      });
    });

    it('takes a caption of exactly 280 weighted characters with a link', async () => {
      const caption = `${'a'.repeat(256)} https://shop.example.com/products/a-lamp-with-a-long-name`;
      const { id } = await staff.compose({ account_id: shop.account_id, caption });
      expect((await staff.publish(id)).status).toBe(200);
    });

    describe('media that can’t be posted', () => {
      const failed = async (url: string) => {
        const { id } = await staff.compose({
          account_id: shop.account_id,
          caption: `Bad ${url}`,
          media_attachments: [{ url }],
        });
        const { status, data } = await staff.publish(id);
        const post = await staff.read(id);
        expect(post.status).toBe<TwitterPostStatus>('failed');
        expect(post.error?.message).toBe(data.message);
        expect(tweets(`Bad ${url}`)).toEqual([]);
        return { status, code: data.code };
      };

      it('a page of HTML', async () => {
        expect(await failed(`${sandbox.current.url}/media/jpeg?html=1`)).toEqual({
          status: 400,
          code: 'INVALID_MEDIA',
        });
      });

      it('a dead address', async () => {
        expect(await failed(`${sandbox.current.url}/media/jpeg?status=404`)).toEqual({
          status: 400,
          code: 'MEDIA_SOURCE',
        });
      });

      it('an image that is too large', async () => {
        const url = `${sandbox.current.url}/media/jpeg?bytes=6000000`;
        expect(await failed(url)).toEqual({ status: 400, code: 'MEDIA_TOO_LARGE' });
      });

      it('a private address, unless the operator allows it', async () => {
        process.env.X_MEDIA_ALLOW_PRIVATE_NETWORKS = '0';
        try {
          const media_attachments = [{ url: 'https://169.254.169.254/latest' }];
          const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Private', media_attachments });
          const { status, data } = await staff.publish(id);
          expect([status, data.problems]).toMatchObject([400, [{ code: 'forbidden_url' }]]);
          expect((await staff.read(id)).status).toBe('draft');
        } finally {
          process.env.X_MEDIA_ALLOW_PRIVATE_NETWORKS = '1';
        }
      });

      it('a video that X can’t process', async () => {
        sandbox.current.faults.add({
          endpoint: 'mediaStatus',
          fault: {
            kind: 'status',
            status: 200,
            body: {
              data: {
                id: '1',
                processing_info: { state: 'failed', error: { code: 1, name: 'InvalidMedia', message: 'Unsupported' } },
              },
            },
          },
        });
        expect(await failed(media.video(sandbox.current))).toEqual({ status: 400, code: 'MEDIA_PROCESSING' });
      });
    });

    describe('never twice', () => {
      it('a double click publishes once, and the second click is refused', async () => {
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Click click' });
        const answers = await Promise.all([1, 2, 3].map(() => staff.post(`/admin/twitter/posts/${id}/publish`)));
        expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
        expect((await staff.settled(id)).status).toBe('posted');
        expect(tweets('Click click')).toHaveLength(1);
      });

      it('a post that is out is not published again, nor changed', async () => {
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Once' });
        await staff.publish(id);
        const again = await staff.publish(id);
        expect(again).toMatchObject({ status: 409, data: { message: 'The post is out already' } });
        const { revision } = await staff.read(id);
        expect((await staff.post(`/admin/twitter/posts/${id}`, { caption: 'Other', revision })).status).toBe(409);
        expect(tweets('Once')).toHaveLength(1);
      });

      it('an answer that was lost is found on the timeline', async () => {
        sandbox.current.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Lost and found' });
        const { status, data } = await staff.publish(id);
        expect([status, data.post.status]).toEqual([200, 'posted']);
        expect(data.post.intent.history.at(-1)).toMatchObject({ event: 'published' });
        expect(tweets('Lost and found')).toHaveLength(1);
      });
    });

    describe('rate limits', () => {
      it('a refused post is scheduled for the time that X gives, and goes out then', async () => {
        const reset = Math.ceil(Date.now() / 1000) + 90;
        sandbox.current.faults.add({
          endpoint: 'createTweet',
          times: 1,
          fault: {
            kind: 'status',
            status: 429,
            headers: { 'x-rate-limit-limit': '1', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(reset) },
            body: { title: 'Too Many Requests', status: 429 },
          },
        });
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Patience' });
        const { status, data, headers } = await staff.publish(id);
        expect([status, data.code]).toEqual([429, 'RATE_LIMITED']);
        expect(Number(headers['retry-after'])).toBeGreaterThan(60);
        const post = await staff.read(id);
        expect(post).toMatchObject({ status: 'scheduled', error: { code: 'RATE_LIMITED' } });
        expect(Date.parse(post.scheduled_at as string)).toBeGreaterThanOrEqual(reset * 1000);
      });
    });

    describe('used-up credits', () => {
      afterEach(() => sandbox.current.exhaust(null));

      it('put a post off, which goes out once auto-recharge has brought new ones', async () => {
        sandbox.current.exhaust('credits');
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Out of credits' });
        const { status, data, headers } = await staff.publish(id);
        expect([status, data.code]).toEqual([402, 'NO_CREDITS']);
        expect(Number(headers['retry-after'])).toBeGreaterThan(60);
        const post = await staff.read(id);
        expect(post).toMatchObject({ status: 'scheduled', error: { code: 'NO_CREDITS', retry_at: post.scheduled_at } });
        sandbox.current.exhaust(null);
        await dbConnection.raw('UPDATE twitter_post SET scheduled_at = now() WHERE id = ?', [id]);
        await publishDuePosts(getContainer());
        expect((await staff.settled(id)).status).toBe('posted');
        expect(tweets('Out of credits')).toHaveLength(1);
      });

      it('are reported to staff the second time, with what to do', async () => {
        sandbox.current.exhaust('credits');
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Nobody pays' });
        await staff.publish(id);
        await dbConnection.raw('UPDATE twitter_post SET scheduled_at = now() WHERE id = ?', [id]);
        await publishDuePosts(getContainer());
        const post = await staff.settled(id);
        expect(post).toMatchObject({ status: 'failed', error: { code: 'NO_CREDITS', retry_at: null } });
        expect(post.error?.message).toMatch(/buy credits in X's developer console/);
        expect(tweets('Nobody pays')).toHaveLength(0);
        // A person who has paid publishes it again.
        sandbox.current.exhaust(null);
        expect((await staff.publish(id)).data.post.status).toBe('posted');
      });

      it('and a spending limit fail it, since no wait helps', async () => {
        sandbox.current.exhaust('spend-cap');
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Spent' });
        const { status, data } = await staff.publish(id);
        expect([status, data.code]).toEqual([429, 'USAGE_CAP']);
        expect(await staff.read(id)).toMatchObject({ status: 'failed', error: { code: 'USAGE_CAP', retry_at: null } });
      });
    });
  },
});
