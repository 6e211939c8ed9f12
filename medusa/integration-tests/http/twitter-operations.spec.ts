import { createHmac } from 'node:crypto';
import { errorHandler } from '@medusajs/framework/http';
import { Modules } from '@medusajs/framework/utils';
import { medusaIntegrationTestRunner } from '@medusajs/test-utils';
import { publishTweetWithMedia, TwitterError } from 'twitter-native';
import publishDuePosts from '../../src/jobs/publish-due-posts';
import reconcileUnknownPosts from '../../src/jobs/reconcile-unknown-posts';
import resumeAbandonedPosts from '../../src/jobs/resume-abandoned-posts';
import type { ClaimableStatus } from '../../src/modules/twitter/sql/intents';
import { intentOf } from '../../src/publishing/intent';
import { releaseClaim } from '../../src/publishing/release';
import { partsOf } from '../../src/twitter/content';
import { twitterOf } from '../../src/twitter/service';
import type { ProgressView, TwitterPostView } from '../../src/types/http';
import { publishPostWorkflow } from '../../src/workflows';
import { consumerWorkflow } from '../consumer/publish-post-workflow';
import { type Answer, media, useShop } from '../lib/shop';

const { aged } = require('../../../__test__/support/intents.js') as { aged(state: string, ms: number): string };

jest.setTimeout(300_000);

/** The events of a stream of server-sent events, until it ends; each is shown when it has come. */
async function eventsOf(answer: Response, show = (_event: ProgressView) => {}): Promise<ProgressView[]> {
  const events: ProgressView[] = [];
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of answer.body as ReadableStream<Uint8Array>) {
    text += decoder.decode(part, { stream: true });
    const come = [...text.matchAll(/^event: progress\ndata: (.*)\n$/gm)].slice(events.length);
    for (const [, data] of come) {
      events.push(JSON.parse(data as string));
      show(events.at(-1) as ProgressView);
    }
  }
  return events;
}

medusaIntegrationTestRunner({
  testSuite: ({ api, getContainer, dbConnection }) => {
    const shop = useShop({ api, getContainer }, { isImpatient: true });
    const { sandbox, staff } = shop;

    const tweets = (text: string) => sandbox.current.ledger.tweets().filter((tweet) => tweet.body.text === text);

    /** A post in doubt: X committed it, or not, and the timeline did not show it. */
    const inDoubt = async (caption: string, committed: boolean): Promise<TwitterPostView> => {
      const kind = committed ? 'commitThenReset' : 'resetAfterRead';
      sandbox.current.faults.add({ endpoint: 'createTweet', fault: { kind }, times: 1 });
      const blind = sandbox.current.faults.add({
        endpoint: 'userTimeline',
        fault: { kind: 'status', status: 200, body: { meta: { result_count: 0 } } },
      });
      const { id } = await staff.compose({ account_id: shop.account_id, caption });
      await staff.publish(id);
      blind.remove();
      return staff.read(id);
    };

    /** X's clock moves on: the timeline has had time to show a post in doubt. */
    const letTimePass = () => sandbox.current.clock.advance(180_000);

    describe('progress', () => {
      it('is streamed per medium and phase, and ends with the outcome', async () => {
        const media_attachments = [{ url: media.video(sandbox.current, 12_000_000) }];
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Watch me', media_attachments });
        // All segments but the first wait until somebody has seen how far it is.
        sandbox.current.faults.add({ endpoint: 'appendUpload', fault: { kind: 'delay', ms: 0 }, times: 1 });
        const others = sandbox.current.faults.add({ endpoint: 'appendUpload', fault: { kind: 'gather' } });
        const isPart = (bytes: number) => bytes > 0 && bytes < 12_000_000;
        expect((await staff.post(`/admin/twitter/posts/${id}/publish`)).status).toBe(202);
        const url = `${staff.address}/admin/twitter/posts/${id}/progress`;
        const answer = await fetch(url, { headers: staff.headers });
        expect(answer.headers.get('content-type')).toContain('text/event-stream');
        const sentIn = ({ media }: ProgressView) => media.map(({ bytes_sent }) => bytes_sent);
        const events = await eventsOf(answer, (event) => sentIn(event).some(isPart) && others.remove());
        expect(events.flatMap(sentIn).some(isPart)).toBe(true);
        expect(events.at(-1)).toMatchObject({ status: 'posted', phase: 'done', post_url: expect.any(String) });
      });

      it('says that a post is looked for, while X’s answer to it is lost', async () => {
        twitterOf(getContainer()).options.reconcileScheduleMs = [1500];
        sandbox.current.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Looked for' });
        await staff.post(`/admin/twitter/posts/${id}/publish`);
        const url = `${staff.address}/admin/twitter/posts/${id}/progress`;
        const events = await eventsOf(await fetch(url, { headers: staff.headers }));
        expect(events.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['reconciling', 'done']));
      });

      it('of a post that is out already is one event', async () => {
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Before you looked' });
        await staff.publish(id);
        const url = `${staff.address}/admin/twitter/posts/${id}/progress`;
        expect(await eventsOf(await fetch(url, { headers: staff.headers }))).toHaveLength(1);
      });
    });

    describe('restart', () => {
      /** The process that publishes has shown no sign of life for a while. */
      const silence = () =>
        dbConnection.raw(`UPDATE twitter_publish_intent SET touched_at = now() - interval '1 minute'`);

      /** A post whose process died after its send, as the rows show it. */
      const abandoned = async (caption: string, kind: 'commitThenHang' | 'hang') => {
        const post = await staff.compose({ account_id: shop.account_id, caption });
        const twitter = twitterOf(getContainer());
        await twitter.claimPost({ postId: post.id, from: ['draft'], event: 'publish_requested' });
        const rule = sandbox.current.faults.add({ endpoint: 'createTweet', fault: { kind }, times: 1 });
        const died = new AbortController();
        const options = { signal: died.signal, reconcile: { scheduleMs: [] } };
        const publish = intentOf(twitter, post.id).publish(
          partsOf(post)[0],
          shop.user.oauth2.accessToken,
          null,
          options,
        );
        await sandbox.current.ledger.waitFor(() => rule.hits === 1);
        died.abort();
        await expect(publish).rejects.toMatchObject({ code: 'UNKNOWN_OUTCOME' });
        await silence();
        return post.id;
      };

      it('resumes a post whose process died, and does not send again what exists', async () => {
        const id = await abandoned('Before the crash', 'commitThenHang');
        await resumeAbandonedPosts(getContainer());
        expect((await staff.settled(id)).status).toBe('posted');
        expect(tweets('Before the crash')).toHaveLength(1);
      });

      it('leaves a post that may exist, and that nobody sees, to a person', async () => {
        sandbox.current.ledger.clear();
        const id = await abandoned('In the dark', 'hang');
        await resumeAbandonedPosts(getContainer());
        expect(await staff.settled(id)).toMatchObject({ status: 'unknown', error: { code: 'UNKNOWN_OUTCOME' } });
        expect(sandbox.current.ledger.requests({ endpoint: 'createTweet' })).toHaveLength(1);
      });

      it('does not call a post failed that may exist, whatever keeps it from looking', async () => {
        const id = await abandoned('Nobody may look', 'commitThenHang');
        const { revision } = (await twitterOf(getContainer()).openCredentials(shop.account_id)) as { revision: number };
        await twitterOf(getContainer()).markReauthRequired(shop.account_id, revision);
        await resumeAbandonedPosts(getContainer());
        const post = await staff.settled(id);
        expect(post).toMatchObject({
          status: 'unknown',
          error: { message: expect.stringContaining('re-authenticate') },
        });
        const change = { caption: 'Begun anew', revision: post.revision };
        expect((await staff.post(`/admin/twitter/posts/${id}`, change)).status).toBe(409);
        await dbConnection.raw(`UPDATE twitter_account SET status = 'connected' WHERE id = ?`, [shop.account_id]);
        expect((await staff.publish(id)).status).toBe(409);
        await staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'check', wait: true });
        expect((await staff.read(id)).status).toBe('posted');
        expect(tweets('Nobody may look')).toHaveLength(1);
      });

      it('does not call a post failed whose process died when it existed, but before that was noted', async () => {
        const post = await staff.compose({ account_id: shop.account_id, caption: 'Not noted' });
        const twitter = twitterOf(getContainer());
        await twitter.claimPost({ postId: post.id, from: ['draft'], event: 'publish_requested' });
        await intentOf(twitter, post.id).publish(partsOf(post)[0], shop.user.oauth2.accessToken);
        await silence();
        const { revision } = (await twitter.openCredentials(shop.account_id)) as { revision: number };
        await twitter.markReauthRequired(shop.account_id, revision);
        await resumeAbandonedPosts(getContainer());
        expect((await staff.settled(post.id)).status).toBe('unknown');
        await dbConnection.raw(`UPDATE twitter_account SET status = 'connected' WHERE id = ?`, [shop.account_id]);
        await reconcileUnknownPosts(getContainer());
        const [{ id }] = tweets('Not noted');
        expect(await staff.read(post.id)).toMatchObject({ status: 'posted', post_url: expect.stringContaining(id) });
        expect(tweets('Not noted')).toHaveLength(1);
      });

      it('does not end a later publish when the workflow of an earlier one is reverted late', async () => {
        const { account_id } = shop;
        const { id: post_id } = await staff.compose({ account_id, caption: 'Claimed again' });
        const twitter = twitterOf(getContainer());
        const claim = async () => {
          const from: ClaimableStatus[] = ['draft', 'failed'];
          const revision = await twitter.claimPost({ postId: post_id, from, event: 'publish_requested' });
          return { post_id, revision: revision as number };
        };
        const earlier = await claim();
        await releaseClaim(getContainer(), earlier);
        expect(await staff.read(post_id)).toMatchObject({ status: 'failed', error: { code: 'REVERTED' } });
        const later = await claim();
        await releaseClaim(getContainer(), earlier);
        expect((await staff.read(post_id)).status).toBe('publishing');
        await releaseClaim(getContainer(), later);
        expect((await staff.read(post_id)).status).toBe('failed');
      });

      it('does not take a publish from a process that lives', async () => {
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Alive' });
        const twitter = twitterOf(getContainer());
        await twitter.claimPost({ postId: id, from: ['draft'], event: 'publish_requested' });
        const rule = sandbox.current.faults.add({ endpoint: 'createTweet', fault: { kind: 'hang' }, times: 1 });
        const ended = new AbortController();
        const publish = () =>
          intentOf(twitter, id).publish({ text: 'Alive' }, shop.user.oauth2.accessToken, null, {
            signal: ended.signal,
          });
        const living = publish();
        await sandbox.current.ledger.waitFor(() => rule.hits === 1);
        await expect(publish()).rejects.toMatchObject({ code: 'IN_PROGRESS' });
        expect(await twitter.listAbandonedPosts(10)).toEqual([]);
        ended.abort();
        await expect(living).rejects.toMatchObject({ code: 'UNKNOWN_OUTCOME' });
      });

      it('lets a process that lost its lease send nothing', async () => {
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Zombie' });
        const rule = sandbox.current.faults.add({ endpoint: 'me', fault: { kind: 'gather' } });
        await staff.post(`/admin/twitter/posts/${id}/publish`);
        await sandbox.current.ledger.waitFor(() => rule.hits === 1);
        // Another process has taken the row, and has not begun yet.
        await dbConnection.raw(
          'UPDATE twitter_publish_intent SET "row" = NULL, version = version + 1 WHERE post_id = ?',
          [id],
        );
        rule.remove();
        expect((await staff.settled(id)).status).toBe('posted');
        expect(tweets('Zombie')).toHaveLength(1);
      });
    });

    describe('compensation', () => {
      it('leaves no post at publishing when the workflow is reverted before anything was sent', async () => {
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Reverted' });
        const twitter = twitterOf(getContainer());
        const away = jest.spyOn(twitter, 'readIntent').mockRejectedValueOnce(new Error('the database is away'));
        await staff.post(`/admin/twitter/posts/${id}/publish`);
        const post = await staff.settled(id);
        away.mockRestore();
        expect(post).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('reverted') } });
        expect(tweets('Reverted')).toEqual([]);
        expect((await staff.publish(id)).status).toBe(200);
      });

      it('a workflow that is run twice at once publishes once', async () => {
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Twice at once' });
        const run = () => publishPostWorkflow(getContainer()).run({ input: { post_id: id } });
        const runs = await Promise.allSettled([run(), run()]);
        expect(runs.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        await staff.settled(id);
        expect(tweets('Twice at once')).toHaveLength(1);
      });
    });

    describe('jobs', () => {
      const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();
      /** A scheduled post whose time has come. */
      const due = async (caption: string) => {
        const post = await staff.compose({ account_id: shop.account_id, caption, scheduled_at: tomorrow() });
        await dbConnection.raw('UPDATE twitter_post SET scheduled_at = now() WHERE id = ?', [post.id]);
        return post;
      };

      it('publish scheduled posts when their time has come, and not before', async () => {
        const now = await due('Now');
        const later = await staff.compose({
          account_id: shop.account_id,
          caption: 'Tomorrow',
          scheduled_at: tomorrow(),
        });
        await publishDuePosts(getContainer());
        expect((await staff.settled(now.id)).status).toBe('posted');
        expect((await staff.read(later.id)).status).toBe('scheduled');
      });

      it('end a scheduled post that can’t be begun, say why, and tell staff', async () => {
        const { id } = await due('a'.repeat(300));
        await publishDuePosts(getContainer());
        const post = await staff.read(id);
        expect(post).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('280') } });
        const notes = await getContainer().resolve(Modules.NOTIFICATION).listNotifications({ channel: 'feed' });
        expect(notes.map(({ data }) => data?.title)).toContain('A post was not published');
      });

      it('leave a scheduled post as it is that the database kept from being begun', async () => {
        const { id } = await due('Not its fault');
        const twitter = twitterOf(getContainer());
        const away = jest.spyOn(twitter, 'claimPost').mockRejectedValueOnce(new Error('the database is away'));
        await publishDuePosts(getContainer());
        away.mockRestore();
        expect(await staff.read(id)).toMatchObject({ status: 'scheduled', error: null });
        await publishDuePosts(getContainer());
        expect((await staff.settled(id)).status).toBe('posted');
      });

      it('look for a post again and again, and note what has changed', async () => {
        const { id } = await inDoubt('Nowhere', false);
        letTimePass();
        const twitter = twitterOf(getContainer());
        twitter.options.reconcileScheduleMs = [0, 10, 20];
        for (let times = 0; times < 3; times += 1) {
          await reconcileUnknownPosts(getContainer());
          await dbConnection.raw(
            `UPDATE twitter_publish_intent SET seen = jsonb_set(seen, '{at}', '"2020-01-01T00:00:00Z"') WHERE post_id = ?`,
            [id],
          );
        }
        const { intent, status } = await staff.read(id);
        expect(status).toBe('unknown');
        expect(intent?.history.filter(({ event }) => event === 'looked')).toHaveLength(1);
        expect(tweets('Nowhere')).toEqual([]);
      });

      it('send a post again that is nowhere, where the operator chose that', async () => {
        const { id } = await inDoubt('Sent again', false);
        letTimePass();
        const { options } = twitterOf(getContainer());
        Object.assign(options, { reconcileScheduleMs: [0, 10, 20], onUnknown: 'retry' });
        await reconcileUnknownPosts(getContainer());
        const post = await staff.settled(id);
        options.onUnknown = undefined;
        expect(post.status).toBe('posted');
        expect(tweets('Sent again')).toHaveLength(1);
      });

      it('find posts of unknown outcome on the timeline', async () => {
        const { id } = await inDoubt('It was there all along', true);
        await reconcileUnknownPosts(getContainer());
        expect(await staff.read(id)).toMatchObject({
          status: 'posted',
          error: null,
          post_url: `https://twitter.com/i/web/status/${tweets('It was there all along')[0].id}`,
        });
      });
    });

    describe('an unknown outcome', () => {
      it('is reported as such, and neither published again nor changed', async () => {
        const post = await inDoubt('Is it?', true);
        expect(post).toMatchObject({ status: 'unknown', error: { code: 'UNKNOWN_OUTCOME' } });
        expect((await staff.publish(post.id)).status).toBe(409);
        const { revision } = post;
        expect((await staff.post(`/admin/twitter/posts/${post.id}`, { caption: 'Other', revision })).status).toBe(409);
      });

      it('is resolved by looking again', async () => {
        const { id } = await inDoubt('Look again', true);
        const { status, data } = await staff.post(`/admin/twitter/posts/${id}/resolve`, {
          action: 'check',
          wait: true,
        });
        expect([status, data.post.status]).toEqual([200, 'posted']);
        expect(tweets('Look again')).toHaveLength(1);
      });

      it('keeps what was seen, where nothing is there', async () => {
        const { id } = await inDoubt('Never was', false);
        letTimePass();
        twitterOf(getContainer()).options.reconcileScheduleMs = [0, 10, 20];
        const { data } = await staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'check', wait: true });
        expect(data.post).toMatchObject({ status: 'unknown', intent: { seen: { outcome: 'not_found' } } });
      });

      it('is resolved by a person who has seen it, if the post is the account’s', async () => {
        const { id } = await inDoubt('I saw it', true);
        const stranger = await publishTweetWithMedia(
          { text: 'Not yours' },
          sandbox.current.seedUser().oauth2.accessToken,
        );
        const claim = (tweet_id: string) =>
          staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'published', tweet_id });
        expect((await claim(stranger.tweetId)).status).toBe(400);
        const answer = await claim(tweets('I saw it')[0].id);
        expect([answer.status, answer.data.post.status]).toEqual([200, 'posted']);
      });

      it('is sent again by a person’s decision only if the timeline still does not show it', async () => {
        const { id } = await inDoubt('Sent after all', true);
        await staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'retry' });
        expect((await staff.settled(id)).status).toBe('posted');
        expect(tweets('Sent after all')).toHaveLength(1);
      });

      it('is sent again by a person’s decision once the lost request can’t arrive any more', async () => {
        const { id } = await inDoubt('Sent a second time', false);
        letTimePass();
        const [{ row }] = (await dbConnection.raw('SELECT "row" FROM twitter_publish_intent WHERE post_id = ?', [id]))
          .rows;
        // More than two minutes by X's clock, which other tests have set forward.
        await dbConnection.raw('UPDATE twitter_publish_intent SET "row" = ? WHERE post_id = ?', [
          aged(row, 3_600_000),
          id,
        ]);
        let answer: Answer;
        do {
          answer = await staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'retry' });
          // The job may be looking for it just now.
        } while (answer.data.code === 'IN_PROGRESS');
        const post = await staff.settled(id);
        expect([answer.status, answer.data.message, post.status]).toEqual([200, undefined, 'posted']);
        expect(tweets('Sent a second time')).toHaveLength(1);
        expect(post.intent?.history.map(({ event }) => event)).toEqual(
          expect.arrayContaining(['sent_again', 'published']),
        );
        const sent = sandbox.current.ledger.requests({ endpoint: 'createTweet' });
        expect(sent.length).toBeGreaterThan(1);
      });

      it('is not sent again while the lost request may still arrive', async () => {
        const { id } = await inDoubt('Too early', false);
        const { status, data } = await staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'retry' });
        expect([status, data.type]).toEqual([409, 'not_allowed']);
        expect((await staff.read(id)).status).toBe('unknown');
        expect(tweets('Too early')).toEqual([]);
      });

      it('is given up by a person, and can be published anew then', async () => {
        const { id } = await inDoubt('Given up', false);
        const { data } = await staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'abandon' });
        expect(data.post.status).toBe('failed');
        expect((await staff.publish(id)).status).toBe(200);
        expect(tweets('Given up')).toHaveLength(1);
      });

      describe('that this version can’t read, as a later one may have left it', () => {
        const unreadable = async (caption: string, committed: boolean) => {
          const { id } = await inDoubt(caption, committed);
          await dbConnection.raw(`UPDATE twitter_publish_intent SET "row" = '{"version":99}' WHERE post_id = ?`, [id]);
          sandbox.current.ledger.clear();
          return id;
        };
        const sent = () => sandbox.current.ledger.requests({ endpoint: 'createTweet' });

        it('is not sent again by looking', async () => {
          const id = await unreadable('Left by a later one', false);
          const answer = await staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'check', wait: true });
          expect(answer.status).toBe(400);
          expect((await staff.read(id)).status).toBe('unknown');
          expect(sent()).toEqual([]);
        });

        it('can be given up, and confirmed, by a person', async () => {
          const id = await unreadable('Given up unread', false);
          await staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'abandon' });
          expect((await staff.read(id)).status).toBe('failed');
          const seen = await unreadable('Seen on X', true);
          const tweet_id = tweets('Seen on X')[0].id;
          await staff.post(`/admin/twitter/posts/${seen}/resolve`, { action: 'published', tweet_id });
          expect((await staff.read(seen)).status).toBe('posted');
          expect(sent()).toEqual([]);
        });
      });

      it('whose record is lost is not begun anew by looking', async () => {
        const { id } = await inDoubt('Record lost', false);
        await dbConnection.raw('UPDATE twitter_publish_intent SET "row" = NULL WHERE post_id = ?', [id]);
        sandbox.current.ledger.clear();
        await staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'check', wait: true });
        expect((await staff.read(id)).status).toBe('unknown');
        expect(sandbox.current.ledger.requests({ endpoint: 'createTweet' })).toEqual([]);
      });

      it('of a thread’s part is over when the part is found, whatever X says of the next', async () => {
        sandbox.current.faults.add({ endpoint: 'createTweet', fault: { kind: 'commitThenReset' }, times: 1 });
        const blind = sandbox.current.faults.add({
          endpoint: 'userTimeline',
          fault: { kind: 'status', status: 200, body: { meta: { result_count: 0 } } },
        });
        const thread = [{ caption: 'Refused after it' }];
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Found before it', thread });
        await staff.publish(id);
        blind.remove();
        expect((await staff.read(id)).status).toBe('unknown');
        const body = {
          title: 'Forbidden',
          type: 'about:blank',
          status: 403,
          detail: 'You are not permitted to do this',
        };
        const refuse = sandbox.current.faults.add({
          endpoint: 'createTweet',
          fault: { kind: 'status', status: 403, body },
        });
        await staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'check', wait: true });
        refuse.remove();
        expect(await staff.read(id)).toMatchObject({
          status: 'failed',
          error: { code: 'FORBIDDEN' },
          intent: { published: [{ tweet_id: tweets('Found before it')[0].id }] },
        });
      });

      it('can’t be resolved where there is none', async () => {
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Clear' });
        expect((await staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'check', wait: true })).status).toBe(
          409,
        );
        expect((await staff.post(`/admin/twitter/posts/${id}/resolve`, { action: 'shrug' })).status).toBe(400);
      });
    });

    describe('webhooks', () => {
      const sign = (body: string) =>
        `sha256=${createHmac('sha256', sandbox.current.env.X_API_SECRET as string)
          .update(body)
          .digest('base64')}`;
      const send = (body: string, signature: string) =>
        fetch(`${staff.address}/webhooks/twitter`, {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json', 'x-twitter-webhooks-signature': signature },
        });

      it('answer X’s check', async () => {
        const answer = await fetch(`${staff.address}/webhooks/twitter?crc_token=a-token`);
        expect(await answer.json()).toEqual({ response_token: sign('a-token') });
        expect((await fetch(`${staff.address}/webhooks/twitter`)).status).toBe(400);
      });

      it('take signed events once, and let the metrics of the post concerned be read where that is what the shop pays for', async () => {
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Liked' });
        await staff.publish(id);
        const [tweet] = tweets('Liked');
        const payload = { id: 'a-hash', liked_tweet_id: tweet.id, liked_tweet_author_id: shop.user.id };
        const body = JSON.stringify({ data: { event_uuid: 'one', event_type: 'like.create', payload } });
        expect((await send(body, sign(body))).status).toBe(200);
        expect((await send(body, sign(body))).status).toBe(200);
        const { rows } = await dbConnection.raw('SELECT event_type FROM twitter_webhook_event');
        expect(rows).toEqual([{ event_type: 'like.create' }]);
        const twitter = twitterOf(getContainer());
        expect(await twitter.listPostsWithDueInsights(10)).toEqual([]);
        Object.assign(twitter.options, { insights: 'close' });
        const again = JSON.stringify({ data: { event_uuid: 'another', event_type: 'like.create', payload } });
        await send(again, sign(again));
        Object.assign(twitter.options, { insights: undefined });
        expect(await twitter.listPostsWithDueInsights(10)).toEqual([id]);
      });

      const deliver = async (event_type: string, payload: object) => {
        const body = JSON.stringify({
          data: { event_uuid: `${event_type} ${JSON.stringify(payload)}`, event_type, payload },
        });
        expect((await send(body, sign(body))).status).toBe(200);
      };

      it('settle a doubt by the event of the post itself', async () => {
        const { id } = await inDoubt('Told by X', true);
        const [tweet] = tweets('Told by X');
        const blind = sandbox.current.faults.add({ endpoint: 'userTimeline', fault: { kind: 'hang' } });
        const payload = {
          id: tweet.id,
          author_id: shop.user.id,
          text: 'Told by X',
          created_at: new Date().toISOString(),
        };
        await deliver('post.create', payload);
        blind.remove();
        expect(await staff.read(id)).toMatchObject({ status: 'posted', post_url: expect.stringContaining(tweet.id) });
        expect(tweets('Told by X')).toHaveLength(1);
      });

      it('mark a post that was deleted on X, and read nothing of it any more', async () => {
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Gone again' });
        await staff.publish(id);
        await deliver('post.delete', { id: tweets('Gone again')[0].id, author_id: shop.user.id });
        expect((await staff.read(id)).status).toBe('deleted');
        expect((await staff.publish(id)).status).toBe(409);
        await dbConnection.raw(`UPDATE twitter_post SET insights_due_at = now() - interval '1 second' WHERE id = ?`, [
          id,
        ]);
        expect(await twitterOf(getContainer()).listPostsWithDueInsights(10)).toEqual([]);
      });

      it('end the account whose owner has taken the access back', async () => {
        await deliver('oauth.revoke', { date_time: new Date().toISOString(), user_id: shop.user.id, app_id: '1' });
        expect((await staff.get(`/admin/twitter/accounts/${shop.account_id}`)).data.account.status).toBe(
          'reauth_required',
        );
      });

      it('refuse events that X has not signed, byte by byte', async () => {
        const body = JSON.stringify({ data: { event_uuid: 'two', event_type: 'like.create' } });
        expect((await send(`${body} `, sign(body))).status).toBe(401);
        expect((await send(body, 'sha256=AAAA')).status).toBe(401);
      });
    });

    describe('the composer', () => {
      it('counts as publishing does', async () => {
        const caption = `${'é'.repeat(270)} https://example.com/a/long/address`;
        const { data } = await staff.post('/admin/twitter/posts/validate', { caption, thread: [{ caption: 'ok' }] });
        expect(data.validation.valid).toBe(false);
        expect(data.validation.parts).toMatchObject([
          { weighted_length: 294, limit: 280, problems: [{ field: 'text' }] },
          { weighted_length: 2, fits_until: 2, problems: [] },
        ]);
      });

      it('is told what a medium is, and why one can’t be posted', async () => {
        const probe = async (url: string) => (await staff.post('/admin/twitter/posts/probe', { url })).data.probe;
        expect(await probe(media.jpeg(sandbox.current))).toMatchObject({ content_type: 'image/jpeg', problems: [] });
        const html = await probe(`${sandbox.current.url}/media/jpeg?html=1`);
        expect(html.problems).not.toEqual([]);
        expect(await probe('http://10.0.0.1.nip.example/x.jpg')).toMatchObject({
          problems: [{ code: 'MEDIA_SOURCE' }],
        });
      });

      it('loses no change of somebody else’s', async () => {
        const { id, revision } = await staff.compose({ account_id: shop.account_id, caption: 'First' });
        expect((await staff.post(`/admin/twitter/posts/${id}`, { caption: 'Second', revision })).status).toBe(200);
        const late = await staff.post(`/admin/twitter/posts/${id}`, { caption: 'Late', revision });
        expect(late).toMatchObject({ status: 409, data: { message: expect.stringContaining('load it again') } });
        expect((await staff.read(id)).caption).toBe('Second');
      });

      it('does not delete a post that is on its way, nor publish one that was deleted', async () => {
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Here or gone' });
        const [publish, remove] = await Promise.all([
          staff.post(`/admin/twitter/posts/${id}/publish`),
          staff.delete(`/admin/twitter/posts/${id}`),
        ]);
        const isPublished = publish.status === 202;
        expect([isPublished, remove.status]).toEqual([isPublished, isPublished ? 409 : 200]);
        if (isPublished) await staff.settled(id);
        expect(tweets('Here or gone')).toHaveLength(isPublished ? 1 : 0);
      });

      it('is refused fields that there are not, by their names', async () => {
        const { status, data } = await staff.post('/admin/twitter/posts', {
          account_id: shop.account_id,
          captoin: 'x',
          caption: 7,
        });
        expect(status).toBe(400);
        expect(data.message).toMatch(/captoin/);
        expect(data.message).toMatch(/caption: /);
      });

      it.each([
        ['caption', { caption: 'a\0b' }],
        ['caption', { caption: '💡'.slice(0, -1) }],
        ['poll.options.0', { poll: { options: ['💡'.slice(1), 'b'], duration_minutes: 60 } }],
        ['media_attachments.0.url', { media_attachments: [{ url: 'https://shop.example/\0.jpg' }] }],
        ['thread.0.caption', { thread: [{ caption: '\0' }] }],
        ['poll.duration_minutes', { poll: { options: ['a', 'b'], duration_minutes: 1.5 } }],
        ['scheduled_at', { scheduled_at: 'tomorrow' }],
        ['product_id', { product_id: '' }],
      ])('is refused what the database could not hold: %s', async (field, input) => {
        const { status, data } = await staff.post('/admin/twitter/posts', {
          account_id: shop.account_id,
          caption: 'x',
          ...input,
        });
        expect(status).toBe(400);
        expect(data.problems).toMatchObject([{ field }]);
      });

      it('is refused absurd numbers and filters by their names', async () => {
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Absurd' });
        expect((await staff.post(`/admin/twitter/posts/${id}`, { caption: 'x', revision: 1e12 })).status).toBe(400);
        for (const query of ['limit=0', 'limit=many', 'offset=1e12', 'offset=-1', 'status=gone']) {
          const { status, data } = await staff.get(`/admin/twitter/posts?${query}`);
          expect([query, status]).toEqual([query, 400]);
          expect(data.problems[0].field).toMatch(query.split('=')[0] as string);
        }
        const api_config = { access_token: 'x', expires_at: 1e300 };
        expect((await staff.post('/admin/twitter/accounts', { api_config })).status).toBe(400);
        expect((await staff.get('/admin/twitter/posts/%00')).status).toBe(404);
      });

      it('finds posts by status, account and words', async () => {
        await staff.compose({ account_id: shop.account_id, caption: 'A red lamp' });
        await staff.compose({
          account_id: shop.account_id,
          caption: 'A blue chair',
          scheduled_at: '2099-01-01T00:00:00Z',
        });
        const found = async (query: string) =>
          (await staff.get(`/admin/twitter/posts?account_id=${shop.account_id}&${query}`)).data.posts.map(
            ({ caption }: TwitterPostView) => caption,
          );
        expect(await found('q=lamp')).toEqual(['A red lamp']);
        expect(await found('status=scheduled')).toEqual(['A blue chair']);
        expect(await found('limit=1&offset=1')).toHaveLength(1);
      });
    });

    describe('a shop’s own workflow', () => {
      it('works with nothing but the import changed', async () => {
        const { result } = await consumerWorkflow(getContainer()).run({
          input: {
            text: 'From the old workflow',
            imageUrls: [media.jpeg(sandbox.current)],
            accessToken: shop.user.oauth2.accessToken,
            oauth1Credentials: shop.user.oauth1Credentials,
          },
        });
        const [tweet] = tweets('From the old workflow');
        expect(result).toMatchObject({
          kind: 'tweet',
          tweetId: tweet.id,
          tweetUrl: `https://twitter.com/i/web/status/${tweet.id}`,
          response: { tweetId: tweet.id, mediaIds: [expect.any(String)] },
        });
      });

      it.each([
        [{ text: 'x'.repeat(281) }, 400],
        // X's 401 is none of the shop's: the dashboard would end its session.
        [{ text: 'Who?', accessToken: 'nobody' }, 400],
      ])('has its errors turned into HTTP statuses by Medusa: %#', async (input, status) => {
        const { errors } = await consumerWorkflow(getContainer()).run({
          input: { accessToken: shop.user.oauth2.accessToken, ...input },
          throwOnError: false,
        });
        const answer = { status: jest.fn().mockReturnThis(), json: jest.fn() };
        const request = { scope: getContainer() };
        errorHandler()(errors[0]?.error as Error, request as never, answer as never, jest.fn());
        expect(answer.status).toHaveBeenCalledWith(status);
      });

      it('gets instances of TwitterError and Error', async () => {
        const rejection = publishTweetWithMedia({ text: 'x'.repeat(281) }, shop.user.oauth2.accessToken);
        await expect(rejection).rejects.toBeInstanceOf(TwitterError);
        await expect(rejection).rejects.toBeInstanceOf(Error);
      });
    });
  },
});
