import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { medusaIntegrationTestRunner } from '@medusajs/test-utils';
import type { SeededUser } from 'twitter-native-sandbox';
import resumePublishing from '../../src/jobs/resume-publishing';
import tokenRefresher from '../../src/jobs/token-refresher';
import { PUBLISHING } from '../../src/workflows/socials/publishing';
import { type Answer, accountOf, media, postsOf, Staff, useSandbox } from '../lib/shop';

jest.setTimeout(300_000);

const ROOT = join(__dirname, '../..');
/** Of the process that is killed: how long the other one leaves its posts alone. */
const LEASE_MS = 5_000;
const KILLED_WAITING = 'Killed while the answer is awaited';
const KILLED_IN_VIDEO = 'Killed in a video of 40 MB';

medusaIntegrationTestRunner({
  testSuite: ({ api, getContainer, dbConfig }) => {
    const sandbox = useSandbox();
    let staff: Staff;
    let user: SeededUser;
    let platform: string;
    /** Posts that a process had begun when it was killed. */
    const left: Record<string, string> = {};
    const usual = { ...PUBLISHING };

    const posts = (text: string) => postsOf(sandbox.current, text);
    const requestsTo = (endpoint: string) => sandbox.current.ledger.requests({ endpoint });
    const newPlatform = (changes = {}) => accountOf(getContainer(), user, changes);

    /** A second process of the backend, which is killed while one post waits for X's answer and another one uploads. */
    async function killInTheMiddle(): Promise<void> {
      const { startMedusa } = await import(join(ROOT, '../../tools/lib/medusa-process.mjs'));
      const { freePort } = await import(join(ROOT, '../../medusa/testing/free-port.mjs'));
      const port = await freePort();
      const { NODE_OPTIONS, JEST_WORKER_ID, ...others } = process.env;
      const env = {
        ...others,
        NODE_ENV: 'development',
        DATABASE_URL: dbConfig.clientUrl,
        X_PUBLISH_LEASE_MS: String(LEASE_MS),
        // It says when it is ready.
        LOG_LEVEL: 'info',
      };
      const other = await startMedusa(port, env, ROOT);
      try {
        const there = staff.at(`http://127.0.0.1:${port}`);
        const { faults, ledger } = sandbox.current;
        faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenHang' }, times: 1 });
        // Some 20 segments, of which few go up at once at first; whatever happens, the upload does not end.
        faults.add({ endpoint: 'appendUpload', fault: { kind: 'delay', ms: 1000 } });
        faults.add({ endpoint: 'finalizeUpload', fault: { kind: 'hang' } });
        const waiting = await there.compose(platform, KILLED_WAITING);
        const video = await there.compose(await newPlatform(), KILLED_IN_VIDEO, {
          media_attachments: media.video(sandbox.current, 40_000_000),
        });
        const publish = async ({ id }: { id: string }) => {
          const answer = await there.publish(id).catch(() => undefined);
          if (answer) throw new Error(`It answered before it was killed: ${JSON.stringify(answer)}`);
        };
        const segments = () => requestsTo('appendUpload').filter(({ status }: { status: number | null }) => status);
        // The video first: its upload waits as long as it has to, and the post only as long as an attempt lasts.
        const ended = [publish(video)];
        await Promise.race([ledger.waitFor(() => segments().length >= 3), ...ended]);
        ended.push(publish(waiting));
        await Promise.race([ledger.waitFor(() => posts(KILLED_WAITING).length === 1), ...ended]);
        await other.kill();
        await Promise.all(ended);
        Object.assign(left, { waiting: waiting.id, video: video.id });
      } finally {
        await other.kill();
        sandbox.current.faults.clear();
      }
    }

    /** Clicks until the lease of a process that is gone has ended. */
    async function clickUntilFree(id: string): Promise<Answer> {
      for (;;) {
        const answer = await staff.publish(id);
        if (!/in progress|publishing/i.test(String(answer.data.message))) return answer;
        await wait(500);
      }
    }

    beforeAll(async () => {
      staff = await Staff.signedIn(getContainer(), api);
      user = sandbox.current.seedUser();
      platform = await newPlatform();
      await killInTheMiddle();
    });

    beforeEach(() => {
      Object.assign(PUBLISHING, usual);
      sandbox.current.ledger.clear();
    });

    it('twice in turn', async () => {
      const { id } = await staff.compose(platform, 'Twice in turn');
      const answers = [await staff.publish(id), await staff.publish(id)];
      const [tweet] = posts('Twice in turn');
      for (const { status, data } of answers) {
        expect({ status, tweetId: data.result.tweetId }).toEqual({ status: 200, tweetId: tweet.id });
      }
      expect(posts('Twice in turn')).toHaveLength(1);
      expect(requestsTo('createTweet')).toHaveLength(1);
    });

    it('auto-publish and the button', async () => {
      const text = 'By itself and by hand';
      sandbox.current.faults.add({ endpoint: 'createTweet', fault: { kind: 'delay', ms: 2000 }, times: 1 });
      const made = staff.compose(platform, text, { metadata: { auto_publish: true } });
      const idOf = async () =>
        (await staff.get('/admin/social-posts')).data.socialPosts.find(
          ({ caption }: { caption: string }) => caption === text,
        )?.id;
      let id = await idOf();
      while (!id) id = await idOf();
      const [pressed] = await Promise.all([staff.publish(id), made]);
      expect([200, 400]).toContain(pressed.status);
      const again = await staff.publish(id);
      expect(again).toMatchObject({ status: 200, data: { post: { status: 'posted' } } });
      expect(posts(text)).toMatchObject([{ id: again.data.result.tweetId }]);
      expect(requestsTo('createTweet')).toHaveLength(1);
    });

    it('three clicks at once', async () => {
      const { id } = await staff.compose(platform, 'Three clicks', {
        media_attachments: media.images(sandbox.current, 1),
      });
      const answers = await Promise.all([1, 2, 3].map(() => staff.publish(id)));
      const [tweet] = posts('Three clicks');
      expect(answers.some(({ status }) => status === 200)).toBe(true);
      for (const { status, data } of answers) {
        if (status === 200) expect(data.result.tweetId).toBe(tweet.id);
        else
          expect({ status, message: data.message }).toEqual({ status: 400, message: expect.stringMatching(/publish/) });
      }
      expect(await staff.read(id)).toMatchObject({ status: 'posted', error_message: null });
      expect(posts('Three clicks')).toHaveLength(1);
      expect(requestsTo('createTweet')).toHaveLength(1);
      expect(requestsTo('uploadMedia').length + requestsTo('initializeUpload').length).toBe(1);
    });

    it('five posts at an expired token, with the job that refreshes beside them', async () => {
      const expired = await newPlatform({ retrieved_at: new Date(Date.now() - 3 * 3_600_000).toISOString() });
      const texts = ['lamp', 'chair', 'table', 'shelf', 'mirror'].map((thing) => `A ${thing} of ${thing}wood`);
      const made = await Promise.all(texts.map((text) => staff.compose(expired, text)));
      const [answers] = await Promise.all([
        Promise.all(made.map(({ id }) => staff.publish(id))),
        tokenRefresher(getContainer()),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
      for (const text of texts) expect(posts(text)).toHaveLength(1);
      expect(requestsTo('token')).toHaveLength(1);
      expect((await staff.publish((await staff.compose(expired, 'The grant lasts')).id)).status).toBe(200);
    });

    it('kill -9 while the answer is awaited, then another click', async () => {
      const id = left.waiting as string;
      const answer = await clickUntilFree(id);
      expect(answer).toMatchObject({ status: 200, data: { result: { tweetId: posts(KILLED_WAITING)[0].id } } });
      expect(posts(KILLED_WAITING)).toHaveLength(1);
      expect(requestsTo('createTweet')).toHaveLength(0);
      expect((await staff.read(id)).status).toBe('posted');
    });

    it('kill -9 in a video of 40 MB, then the job', async () => {
      const id = left.video as string;
      while ((await staff.read(id)).status !== 'posted') {
        await resumePublishing(getContainer());
        await wait(500);
      }
      const [tweet] = posts(KILLED_IN_VIDEO);
      expect(posts(KILLED_IN_VIDEO)).toHaveLength(1);
      expect(tweet.media).toHaveLength(1);
      const uploads = sandbox.current.ledger.media().filter(({ bytes }: { bytes: number }) => bytes === 40_000_000);
      expect(uploads).toMatchObject([{ finalizeCalls: 1 }]);
      expect(requestsTo('initializeUpload')).toHaveLength(0);
      expect(await staff.read(id)).toMatchObject({ post_url: `https://twitter.com/i/web/status/${tweet.id}` });
    });

    it('an answer that is lost and a post that is absent, then another click', async () => {
      PUBLISHING.reconcile = { scheduleMs: [1, 10, 20] };
      const text = 'Lost on its way';
      const { id } = await staff.compose(platform, text);
      sandbox.current.faults.add({ endpoint: 'createTweet', fault: { kind: 'resetAfterRead' }, times: 1 });
      for (let click = 0; click < 3; click++) {
        const { status, data } = await staff.publish(id);
        expect(status).toBeGreaterThanOrEqual(400);
        expect(data.message).toMatch(/may|not known|unknown/i);
      }
      expect(requestsTo('createTweet')).toHaveLength(1);
      // The shop's choice for a post that nobody sees for two minutes.
      PUBLISHING.onUnknown = 'retry';
      sandbox.current.clock.advance(180_000);
      expect(await staff.publish(id)).toMatchObject({ status: 200, data: { success: true } });
      expect(posts(text)).toHaveLength(1);
      expect(await staff.read(id)).toMatchObject({ status: 'posted', error_message: null });
    });

    it('a doubt that only a person can settle', async () => {
      PUBLISHING.reconcile = { scheduleMs: [1] };
      const blind = { kind: 'status' as const, status: 200, body: { meta: { result_count: 0 } } };
      sandbox.current.faults.add({ endpoint: 'userTimeline', fault: blind });
      sandbox.current.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 2 });
      const [seen, given] = ['Seen by staff', 'Left alone for good'] as const;
      const [one, other] = await Promise.all([seen, given].map((text) => staff.compose(platform, text)));
      for (const { id } of [one, other] as const) {
        expect((await staff.publish(id)).status).toBe(500);
        expect((await staff.read(id)).error_message).toMatch(/may have been published/);
      }
      const decide = (id: string, decision: unknown) => staff.post(`/admin/social-posts/${id}/resolve`, { decision });
      expect((await decide(one.id, 'perhaps')).status).toBe(400);
      const [tweet] = posts(seen);
      expect(await decide(one.id, { tweetId: tweet.id })).toMatchObject({ status: 200, data: { state: 'posted' } });
      expect(await staff.read(one.id)).toMatchObject({ status: 'posted', insights: { twitter_tweet_id: tweet.id } });
      expect(await decide(other.id, 'abandon')).toMatchObject({ status: 200, data: { state: 'abandoned' } });
      expect((await staff.publish(other.id)).status).toBe(500);
      expect(requestsTo('createTweet')).toHaveLength(2);
    });

    it('a slow status: X works on a video for minutes', async () => {
      const { clock, ledger } = sandbox.current;
      const { id } = await staff.compose(platform, 'Worked on for minutes', {
        media_attachments: media.video(sandbox.current, 300_000),
      });
      clock.freeze();
      const first = staff.publish(id);
      await ledger.waitFor(() => requestsTo('mediaStatus').length >= 2);
      const second = await staff.publish(id);
      expect(second).toMatchObject({ status: 400, data: { message: expect.stringMatching(/publish/) } });
      expect((await staff.read(id)).status).toBe('draft');
      clock.advance(5 * 60_000);
      clock.resume();
      expect(await first).toMatchObject({ status: 200, data: { post: { status: 'posted' } } });
      expect(posts('Worked on for minutes')).toHaveLength(1);
      expect(requestsTo('initializeUpload')).toHaveLength(1);
      expect(requestsTo('createTweet')).toHaveLength(1);
    });
  },
});
