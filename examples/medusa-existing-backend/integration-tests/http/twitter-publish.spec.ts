import { medusaIntegrationTestRunner } from '@medusajs/test-utils';
import { TwitterService } from 'twitter-native';
import type { SeededUser } from 'twitter-native-sandbox';
import { publishSocialPostWorkflow as workflowOfTheImportAlone } from '../../before/workflows/socials/publish-post';
import { SOCIAL_PROVIDER_MODULE } from '../../src/modules/social-provider';
import type SocialProviderService from '../../src/modules/social-provider/service';
import { SOCIALS_MODULE } from '../../src/modules/socials';
import type SocialsService from '../../src/modules/socials/service';
import { oauth1CredentialsOf } from '../../src/modules/socials/utils/token-helpers';
import type { ApiConfig } from '../../src/types/socials';
import { accountOf, grant, media, postsOf, Staff, useSandbox } from '../lib/shop';

jest.setTimeout(300_000);

const THREE_HOURS_AGO = () => new Date(Date.now() - 3 * 3_600_000).toISOString();

medusaIntegrationTestRunner({
  testSuite: ({ api, getContainer }) => {
    const sandbox = useSandbox();
    let staff: Staff;
    let user: SeededUser;
    let platform: string;

    beforeAll(async () => {
      staff = await Staff.signedIn(getContainer(), api);
    });

    beforeEach(async () => {
      user = sandbox.current.seedUser();
      platform = await accountOf(getContainer(), user);
    });

    const requestsTo = (endpoint: string) => sandbox.current.ledger.requests({ endpoint, userId: user.id });
    const posts = (text: string) => postsOf(sandbox.current, text);
    const configOf = async (id: string): Promise<ApiConfig> => {
      const socials: SocialsService = getContainer().resolve(SOCIALS_MODULE);
      return (await socials.retrieveSocialPlatform(id)).api_config as ApiConfig;
    };

    /** The user's way over both of X's pages and back. */
    async function connect(id: string): Promise<void> {
      const begun = await staff.get('/admin/oauth/x');
      await staff.post('/admin/oauth/x/callback', { id, ...(await grant(begun.data.location)) });
      const begun1 = await staff.get(`/admin/oauth/x?flow=oauth1-user&platform_id=${id}`);
      await staff.post('/admin/oauth/x/callback', { id, ...(await grant(begun1.data.location)) });
    }

    async function newPlatform(): Promise<string> {
      const { status, data } = await staff.post('/admin/social-platforms', { name: 'X' });
      expect(status).toBe(201);
      return data.socialPlatform.id;
    }

    describe('POST /admin/social-posts/:id/publish', () => {
      it('publishes a post of text alone', async () => {
        const { id } = await staff.compose(platform, 'A lamp, at last');
        const { status, data } = await staff.publish(id);
        const [tweet] = posts('A lamp, at last');
        expect(status).toBe(200);
        expect(data).toMatchObject({ success: true, post: { id, status: 'posted' }, result: { tweetId: tweet.id } });
        expect(data.post.post_url).toBe(`https://twitter.com/i/web/status/${tweet.id}`);
      });

      it.each([1, 2, 4])('publishes a post with %i images, in order', async (count) => {
        const text = `From ${count} sides`;
        const { id } = await staff.compose(platform, text, { media_attachments: media.images(sandbox.current, count) });
        const { status, data } = await staff.publish(id);
        expect(status).toBe(200);
        const [tweet] = posts(text);
        expect(tweet.media.map((medium: { id: string }) => medium.id)).toEqual(data.result.response.mediaIds);
        expect(tweet.media).toHaveLength(count);
      });

      it('publishes a post with a video', async () => {
        const { id } = await staff.compose(platform, 'It moves', {
          media_attachments: media.video(sandbox.current, 300_000),
        });
        expect(await staff.publish(id)).toMatchObject({ status: 200, data: { success: true } });
        expect(posts('It moves')).toMatchObject([{ media: [{ category: 'tweet_video' }] }]);
      });

      it('answers 404 for a post that is not there', async () => {
        expect(await staff.publish('nothing')).toMatchObject({ status: 404, data: { message: expect.any(String) } });
      });

      it('answers 400 for an account that is not connected, and says so', async () => {
        const { id } = await staff.compose(await newPlatform(), 'Whose?');
        const answer = await staff.publish(id);
        expect(answer).toMatchObject({ status: 400, data: { message: expect.stringMatching(/connect|api_config/) } });
      });

      it("does not pass X's 401 on: the admin stays signed in", async () => {
        const socials: SocialsService = getContainer().resolve(SOCIALS_MODULE);
        const stranger = sandbox.current.seedUser();
        const id = await accountOf(getContainer(), {
          ...stranger,
          oauth2: { ...stranger.oauth2, accessToken: 'nobody-knows-this-token' },
        });
        await socials.updateSocialPlatforms({ id, api_config: { refresh_token_encrypted: null } });
        const post = await staff.compose(id, 'With a token that X does not know');
        const { status, data } = await staff.publish(post.id);
        expect({ status, message: data.message }).toEqual({
          status: 400,
          message: expect.stringMatching(/authorize again/),
        });
      });
    });

    it('GET /admin/oauth/x?flow=app-only gives the app’s own token, and when it expires', async () => {
      const { status, data } = await staff.get('/admin/oauth/x?flow=app-only');
      expect({ status, data }).toEqual({
        status: 200,
        data: { token: expect.any(String), expiresAt: expect.any(Number) },
      });
      expect(data.expiresAt).toBeGreaterThan(Date.now());
    });

    it('POST /admin/oauth/x/callback refuses what was not begun here', async () => {
      for (const grant of [{ code: 'a', state: 'b' }, { oauth_token: 'a', oauth_verifier: 'b' }, { code: 'a' }, {}]) {
        const { status, data } = await staff.post('/admin/oauth/x/callback', { id: platform, ...grant });
        expect({ status, message: data.message }).toEqual({ status: 400, message: expect.any(String) });
      }
    });

    describe('The checklist', () => {
      it('1. the native addon replaces TwitterService by npm install', () => {
        const providers: SocialProviderService = getContainer().resolve(SOCIAL_PROVIDER_MODULE);
        const twitter = providers.getProvider('x');
        expect(twitter).toBeInstanceOf(TwitterService);
        for (const method of [
          ...['getAppBearerToken', 'initiateUserAuth', 'exchangeCodeForToken', 'refreshAccessToken', 'getUserProfile'],
          ...['getTweet', 'getUserTweets', 'uploadMedia', 'createTweet', 'publishTweetWithMedia', 'getTweetMetrics'],
        ] as const) {
          expect(twitter[method]).toBeInstanceOf(Function);
        }
      });

      it('2. OAuth 1.0a signs the media calls, with the user’s own token', async () => {
        user = sandbox.current.seedUser();
        platform = await newPlatform();
        await connect(platform);
        const { id } = await staff.compose(platform, 'Signed', { media_attachments: media.images(sandbox.current, 1) });
        expect((await staff.publish(id)).status).toBe(200);
        expect(requestsTo('createTweet')).toMatchObject([{ auth: 'oauth2' }]);
        const uploads = [...requestsTo('uploadMedia'), ...requestsTo('initializeUpload')];
        expect(uploads.length).toBeGreaterThan(0);
        for (const { auth } of uploads) expect(auth).toBe('oauth1');
      });

      it('3. media are uploaded before the post, and hold the bytes of their URLs', async () => {
        const { id } = await staff.compose(platform, 'Bytes', { media_attachments: media.images(sandbox.current, 2) });
        const { data } = await staff.publish(id);
        const [first] = data.result.response.media;
        const source = Buffer.from(
          await (await fetch(media.images(sandbox.current, 1)[0]?.url as string)).arrayBuffer(),
        );
        expect(first.bytes).toBe(source.length);
        expect(sandbox.current.ledger.media(first.mediaId)).toMatchObject({ bytes: source.length });
      });

      it('4. a tweet is created, and its id and URL come back', async () => {
        const { id } = await staff.compose(platform, 'Where is it?');
        const { result } = (await staff.publish(id)).data;
        expect(result.tweetId).toBe(posts('Where is it?')[0].id);
        expect(result.tweetUrl).toBe(`https://twitter.com/i/web/status/${result.tweetId}`);
      });

      it('5. metrics are read', async () => {
        const { id } = await staff.compose(platform, 'Well liked');
        await staff.publish(id);
        const [tweet] = posts('Well liked');
        Object.assign(tweet.metrics, { like_count: 7, retweet_count: 3 });
        const { status, data } = await staff.post(`/admin/social-posts/${id}/sync-insights`);
        expect(status).toBe(200);
        expect(data.insights).toMatchObject({ likes: 7, retweets: 3, replies: 0, quotes: 0 });
      });

      it('6. the functions are async, and the workflow with nothing but the import changed publishes', async () => {
        const expired = await accountOf(getContainer(), user, { retrieved_at: THREE_HOURS_AGO() });
        const media_attachments = media.images(sandbox.current, 1);
        const { id } = await staff.compose(expired, 'One line was changed', { media_attachments });
        const { result } = await workflowOfTheImportAlone(getContainer()).run({ input: { post_id: id } });
        const [tweet] = posts('One line was changed');
        expect(result.result.tweetId).toBe(tweet.id);
        expect(await staff.read(id)).toMatchObject({ status: 'posted', insights: { twitter_tweet_id: tweet.id } });
      });

      it('6. the functions are async, and the workflow that exists calls them', async () => {
        const both = await Promise.all(['One of two', 'Another of two'].map((text) => staff.compose(platform, text)));
        const answers = await Promise.all(both.map(({ id }) => staff.publish(id)));
        for (const { status } of answers) expect(status).toBe(200);
        expect(requestsTo('createTweet')).toHaveLength(2);
      });

      it('7. the OAuth callback stores the credentials of both kinds, encrypted, and not the app’s', async () => {
        const id = await newPlatform();
        await connect(id);
        const config = await configOf(id);
        const credentials = oauth1CredentialsOf(config, getContainer());
        expect(config.metadata?.user_profile?.id).toBe(user.id);
        expect(credentials).toEqual(user.oauth1Credentials);
        expect(credentials?.accessToken).not.toBe(process.env.X_API_KEY);
        expect(config.access_token_encrypted).toHaveProperty('authTag');
        expect(JSON.stringify(config)).not.toContain(user.oauth1Credentials.accessToken);
        const shown = await staff.get('/admin/social-platforms');
        expect(JSON.stringify(shown.data)).not.toMatch(/encrypted/);
      });

      it.each([
        ['more than 280 weighted characters', '漢'.repeat(141), [], /280/],
        ['nothing', '', [], /text/],
        ['five images', 'Five', ['image', 'image', 'image', 'image', 'image'], /4 image/],
        ['images and a video', 'Both', ['image', 'video'], /only medium/],
      ] as const)('8. the publish route refuses %s', async (_, caption, types, reason) => {
        const media_attachments = types.map((type) => ({ type, url: 'https://cdn.example/medium' }));
        const { id } = await staff.compose(platform, caption, { media_attachments });
        expect(await staff.publish(id)).toMatchObject({
          status: 400,
          data: { message: expect.stringMatching(reason) },
        });
        expect(requestsTo('createTweet')).toHaveLength(0);
      });

      it('9. the publish workflow resolves tokens, and refreshes those that have expired', async () => {
        const expired = await accountOf(getContainer(), user, { retrieved_at: THREE_HOURS_AGO() });
        const { id } = await staff.compose(expired, 'After three hours');
        const before = sandbox.current.ledger.requests({ endpoint: 'token' }).length;
        expect((await staff.publish(id)).status).toBe(200);
        expect(Date.parse(String((await configOf(expired)).retrieved_at))).toBeGreaterThan(Date.now() - 300_000);
        await staff.publish((await staff.compose(expired, 'And a little later')).id);
        expect(sandbox.current.ledger.requests({ endpoint: 'token' })).toHaveLength(before + 1);
      });

      it('10. it stores the id, the URL and the status, or the error', async () => {
        const { id } = await staff.compose(platform, 'Refused at first');
        const forbidden = { title: 'Forbidden', type: 'about:blank', status: 403, detail: 'Not permitted.' };
        sandbox.current.faults.add({
          endpoint: 'createTweet',
          fault: { kind: 'status', status: 403, body: forbidden },
          times: 1,
        });
        const refused = await staff.publish(id);
        expect(refused).toMatchObject({ status: 400, data: { message: expect.stringMatching(/403.*Not permitted/) } });
        expect(await staff.read(id)).toMatchObject({ status: 'failed', error_message: refused.data.message });
        expect((await staff.publish(id)).status).toBe(200);
        const [{ id: twitter_tweet_id }] = posts('Refused at first');
        expect(await staff.read(id)).toMatchObject({
          status: 'posted',
          post_url: `https://twitter.com/i/web/status/${twitter_tweet_id}`,
          error_message: null,
          posted_at: expect.any(String),
          insights: { twitter_tweet_id },
        });
      });

      it('11. the insights workflow keeps metrics with the post', async () => {
        const { id } = await staff.compose(platform, 'Seen by many');
        expect(await staff.post(`/admin/social-posts/${id}/sync-insights`)).toMatchObject({ status: 400 });
        await staff.publish(id);
        Object.assign(posts('Seen by many')[0].metrics, { impression_count: 1234 });
        await staff.post(`/admin/social-posts/${id}/sync-insights`);
        expect((await staff.read(id)).insights).toMatchObject({
          impressions: 1234,
          twitter_tweet_id: expect.any(String),
        });
      });

      it('12. a video goes up in chunks', async () => {
        const { id } = await staff.compose(platform, 'Nine megabytes', {
          media_attachments: media.video(sandbox.current, 9_000_000),
        });
        expect((await staff.publish(id)).status).toBe(200);
        expect(requestsTo('initializeUpload')).toHaveLength(1);
        expect(requestsTo('appendUpload').length).toBeGreaterThan(1);
        expect(requestsTo('finalizeUpload')).toHaveLength(1);
      });

      it('13. rate limits and media errors are reported as such, and nothing is posted', async () => {
        const limited = await staff.compose(platform, 'Too many');
        sandbox.current.faults.add({
          endpoint: 'createTweet',
          fault: {
            kind: 'status',
            status: 429,
            body: { title: 'Too Many Requests', type: 'about:blank', status: 429, detail: 'Too Many Requests' },
            headers: { 'x-rate-limit-limit': '1', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': '4102444800' },
          },
          times: 1,
        });
        const rate = await staff.publish(limited.id);
        expect(rate).toMatchObject({ status: 400, data: { message: expect.stringMatching(/429.*Try again at/s) } });

        const other = await accountOf(getContainer(), sandbox.current.seedUser());
        const broken = await staff.compose(other, 'A page in place of a picture', {
          media_attachments: [{ type: 'image', url: `${sandbox.current.url}/media/jpeg?html=1` }],
        });
        const answer = await staff.publish(broken.id);
        expect(answer).toMatchObject({ status: 400, data: { message: expect.stringMatching(/HTML/i) } });
        for (const { id } of [limited, broken]) expect((await staff.read(id)).status).toBe('failed');
        for (const text of ['Too many', 'A page in place of a picture']) expect(posts(text)).toHaveLength(0);
      });
    });
  },
});
