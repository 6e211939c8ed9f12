import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { medusaIntegrationTestRunner } from '@medusajs/test-utils';
import keepWebhookRegistered from '../../src/jobs/register-webhook';
import { twitterOf } from '../../src/twitter/service';
import { useSandbox } from '../../testing/sandbox';
import { accountOf, Staff } from '../lib/shop';

jest.setTimeout(300_000);

const ORIGIN = 'https://shop.example';
const URL = `${ORIGIN}/webhooks/twitter`;

medusaIntegrationTestRunner({
  testSuite: ({ api, getContainer, dbConnection }) => {
    const sandbox = useSandbox();
    let staff: Staff;

    beforeAll(async () => {
      staff = await Staff.signedIn(getContainer(), api);
      Object.assign(twitterOf(getContainer()).options, { webhookUrl: ORIGIN });
    });

    beforeEach(async () => {
      sandbox.current.webhooks.clear();
      sandbox.current.webhooks.route(ORIGIN, staff.address);
      sandbox.current.ledger.clear();
      // The rows of the test before are gone; what X has is not, and is put right by the first look.
    });

    /** Nobody looks: the shop's own job may, at any full minute. */
    const turnIsFree = async () => {
      const held = 'SELECT 1 FROM twitter_webhook WHERE held_until > now()';
      while ((await dbConnection.raw(held)).rows.length > 0) await delay(50);
    };
    const look = async () => {
      await turnIsFree();
      await keepWebhookRegistered(getContainer());
      await turnIsFree();
    };
    const seeded = (scopes = 'tweet.read tweet.write users.read media.write offline.access like.read') =>
      sandbox.current.seedUser({ scopes });
    const accounts = async () => (await staff.get('/admin/twitter/accounts')).data;
    const eventsOf = async (id: string) => (await staff.get(`/admin/twitter/accounts/${id}`)).data.account.events;
    const requests = () =>
      sandbox.current.ledger
        .requests()
        .map(({ endpoint }: { endpoint: string }) => endpoint)
        .filter((endpoint: string) => /webhook|subscription/i.test(endpoint));
    const subscribedTo = (types: string[]) =>
      types.map((event_type) => ({ event_type, subscribed: true, message: null }));
    const hasPassed = (time: string) =>
      dbConnection.raw(`UPDATE twitter_webhook SET checked_at = now() - interval '${time}'`);

    it('is registered with a subscription to the events that each account may get', async () => {
      const user = seeded();
      const [all, noLikes] = [
        await accountOf(getContainer(), user),
        await accountOf(getContainer(), seeded('tweet.read tweet.write users.read media.write offline.access')),
      ];
      const none = await accounts();
      expect(none.webhook).toEqual({ url: URL, valid: false, checked_at: null, error: null });
      await look();
      expect((await accounts()).webhook).toEqual({
        url: URL,
        valid: true,
        checked_at: expect.any(String),
        error: null,
      });
      expect(await eventsOf(all)).toEqual(subscribedTo(['post.create', 'post.delete', 'like.create']));
      expect(await eventsOf(noLikes)).toEqual(subscribedTo(['post.create', 'post.delete']));
      // X has no subscription to oauth.revoke, and reports it unasked.
      sandbox.current.webhooks.revoke(user.id);
      await sandbox.current.webhooks.settled();
      expect((await staff.get(`/admin/twitter/accounts/${all}`)).data.account.status).toBe('reauth_required');
    });

    it('brings what happens on X', async () => {
      const user = seeded();
      const account_id = await accountOf(getContainer(), user);
      await look();
      const { id } = await staff.compose({ account_id, caption: 'Told of by X' });
      const { data } = await staff.publish(id);
      const tweetId = data.result.tweetId;
      sandbox.current.webhooks.like(tweetId, sandbox.current.seedUser().id);
      await sandbox.current.webhooks.settled();
      const { rows } = await dbConnection.raw(`SELECT event_type FROM twitter_webhook_event ORDER BY event_type`);
      expect(rows).toEqual(expect.arrayContaining([{ event_type: 'like.create' }, { event_type: 'post.create' }]));
    });

    it('is looked after by one of many processes, and left alone for a day', async () => {
      await accountOf(getContainer(), seeded());
      await Promise.all([look(), look(), look(), look()]);
      expect(requests().filter((endpoint) => endpoint === 'listWebhooks')).toHaveLength(1);
      sandbox.current.ledger.clear();
      await look();
      expect(requests()).toEqual([]);
      await hasPassed('25 hours');
      await look();
      expect(requests()).toEqual(expect.arrayContaining(['listWebhooks', 'listSubscriptions']));
      // All of it was there, but for what X refuses each time.
      expect(requests().filter((endpoint) => endpoint === 'createSubscription').length).toBeLessThanOrEqual(1);
    });

    it('follows accounts that are connected and disconnected', async () => {
      const first = await accountOf(getContainer(), seeded());
      await look();
      const second = await accountOf(getContainer(), seeded());
      await look();
      expect(await eventsOf(second)).toHaveLength(3);
      const users = async () => {
        const { subscriptions } = await (await fetch(`${sandbox.current.url}/_sandbox/webhooks`)).json();
        return new Set(subscriptions.map(({ filter }: { filter: { user_id?: string } }) => filter.user_id)).size;
      };
      const before = await users();
      await staff.delete(`/admin/twitter/accounts/${first}`);
      await look();
      expect(await users()).toBe(before - 1);
      expect(await eventsOf(second)).toHaveLength(3);
    });

    it('is repaired where X does not find it valid any more', async () => {
      const id = await accountOf(getContainer(), seeded());
      await look();
      const wrong = createServer((_, response) => response.end('{"response_token":"sha256=AAAA"}')).listen(
        0,
        '127.0.0.1',
      );
      await once(wrong, 'listening');
      try {
        sandbox.current.webhooks.route(ORIGIN, `http://127.0.0.1:${(wrong.address() as AddressInfo).port}`);
        await sandbox.current.webhooks.checkAll();
        await hasPassed('25 hours');
        await look();
      } finally {
        wrong.close();
      }
      const { webhook } = await accounts();
      expect(webhook).toMatchObject({ valid: false, error: { message: expect.stringMatching(/./) } });
      expect(await eventsOf(id)).toHaveLength(3);
      sandbox.current.webhooks.route(ORIGIN, staff.address);
      await look();
      expect((await accounts()).webhook.valid).toBe(false);
      await hasPassed('16 minutes');
      await look();
      expect((await accounts()).webhook).toMatchObject({ valid: true, error: null });
    });

    it('asks for likes when an account is connected', async () => {
      const begun = await staff.get('/admin/twitter/oauth?redirect_uri=https://shop.example/back');
      expect(begun.data.location).toContain('like.read');
    });
  },
});
