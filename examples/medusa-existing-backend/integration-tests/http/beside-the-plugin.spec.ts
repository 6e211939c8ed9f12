import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { medusaIntegrationTestRunner } from '@medusajs/test-utils';
import { accountOf, media, postsOf, Staff, useSandbox } from '../lib/shop';

jest.setTimeout(600_000);

// The runner reads medusa-config before it takes an `env` of its own.
Object.assign(process.env, {
  BESIDE_THE_PLUGIN: 'yes',
  TWITTER_ENCRYPTION_KEYS: `v1:${randomBytes(32).toString('base64')}`,
});

beforeAll(async () => {
  const { ensurePlugin } = await import(join(__dirname, '../../../../tools/lib/medusa-shop.mjs'));
  ensurePlugin();
});

medusaIntegrationTestRunner({
  testSuite: ({ api, getContainer }) => {
    const sandbox = useSandbox();
    let staff: Staff;

    beforeAll(async () => {
      staff = await Staff.signedIn(getContainer(), api);
    });

    /**
     * Over X's page and back to the plugin, with an account of its own: a second login by the same app ends the tokens of
     * the first one.
     */
    async function connectPlugin(): Promise<string> {
      sandbox.current.seedUser();
      const { data } = await staff.get('/admin/twitter/oauth');
      const page = new URL((await fetch(data.location)).url);
      return String(page.searchParams.get('connected'));
    }

    it('the backend and the plugin publish, each from its own tables', async () => {
      const user = sandbox.current.seedUser();
      const platform = await accountOf(getContainer(), user);
      const own = await staff.compose(platform, 'From the backend’s own module', {
        media_attachments: media.images(sandbox.current, 1),
      });
      const made = await staff.post('/admin/twitter/posts', {
        account_id: await connectPlugin(),
        caption: 'From the plugin',
        media_attachments: [{ url: `${sandbox.current.url}/media/jpeg?seed=9`, alt_text: 'A lamp' }],
      });
      expect(made).toMatchObject({ data: { post: { caption: 'From the plugin' } } });
      const { id } = made.data.post;

      const byPlugin = () => staff.post(`/admin/twitter/posts/${id}/publish`, { wait: true });
      const first = await Promise.all([staff.publish(own.id), byPlugin()]);
      const again = [await staff.publish(own.id), await byPlugin()];

      const [ours, theirs] = ['From the backend’s own module', 'From the plugin'].map((text) => {
        const found = postsOf(sandbox.current, text);
        expect(found).toHaveLength(1);
        return found[0].id;
      });
      const success = (tweetId: string) => ({ status: 200, data: { success: true, result: { tweetId } } });
      expect(first).toMatchObject([success(ours), success(theirs)]);
      // The plugin says that a post is out already, the backend gives it again.
      expect(again).toMatchObject([success(ours), { status: 409 }]);
      const listed = [await staff.get('/admin/social-posts'), await staff.get('/admin/twitter/posts')];
      expect(listed.map(({ data }) => (data.socialPosts ?? data.posts).map((post: { id: string }) => post.id))).toEqual(
        [[own.id], [id]],
      );
    });
  },
});
