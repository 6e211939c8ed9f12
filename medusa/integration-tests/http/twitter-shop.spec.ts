// The plugin in a shop: what it links to, and what it leaves alone.
import { ContainerRegistrationKeys } from '@medusajs/framework/utils';
import { medusaIntegrationTestRunner } from '@medusajs/test-utils';
import { useShop } from '../lib/shop';

jest.setTimeout(300_000);

medusaIntegrationTestRunner({
  testSuite: ({ api, getContainer, dbConnection }) => {
    const shop = useShop({ api, getContainer });
    const { staff } = shop;

    describe('names', () => {
      it('leave the routes of a shop’s own social module to the shop', async () => {
        for (const path of ['oauth/x', 'oauth/twitter', 'social-platforms', 'social-posts']) {
          expect((await staff.get(`/admin/${path}`)).status).toBe(404);
        }
      });

      it('of the tables all begin with twitter_', async () => {
        const { rows } = await dbConnection.raw(
          `SELECT table_name AS name FROM information_schema.tables
            WHERE table_name ~ 'twitter|tweet|social|publish_intent' ORDER BY 1`,
        );
        expect(rows.map(({ name }: { name: string }) => name)).toEqual([
          'twitter_account',
          'twitter_metrics_snapshot',
          'twitter_oauth_request',
          'twitter_post',
          'twitter_post_product',
          'twitter_publish_intent',
          'twitter_webhook',
          'twitter_webhook_event',
        ]);
      });
    });

    describe('a post’s product', () => {
      const product = async (title: string): Promise<string> => {
        const options = [{ title: 'Wood', values: ['Oak'] }];
        return (await staff.post('/admin/products', { title, options })).data.product.id;
      };
      const postsOf = async (id: string) =>
        (await staff.get(`/admin/twitter/posts?product_id=${id}`)).data.posts.map((post: { id: string }) => post.id);

      it('is a link, by which the product has its posts', async () => {
        const lamp = await product('Lamp');
        const first = await staff.compose({ account_id: shop.account_id, caption: 'The lamp', product_id: lamp });
        const second = await staff.compose({
          account_id: shop.account_id,
          caption: 'The lamp again',
          product_id: lamp,
        });
        const other = await staff.compose({ account_id: shop.account_id, caption: 'No lamp' });
        expect([first.product_id, other.product_id]).toEqual([lamp, null]);
        expect((await staff.read(first.id)).product_id).toBe(lamp);
        expect((await postsOf(lamp)).sort()).toEqual([first.id, second.id].sort());

        const { data } = await getContainer()
          .resolve(ContainerRegistrationKeys.QUERY)
          .graph({ entity: 'product', fields: ['title', 'twitter_posts.caption'], filters: { id: lamp } });
        expect(data).toMatchObject([
          { twitter_posts: expect.arrayContaining([{ caption: 'The lamp', id: first.id }]) },
        ]);
      });

      it('can be another one, or none', async () => {
        const [lamp, chair] = [await product('Old lamp'), await product('Chair')];
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Which one?', product_id: lamp });
        const change = async (product_id: string | null) => {
          const { revision } = await staff.read(id);
          return (await staff.post(`/admin/twitter/posts/${id}`, { product_id, revision })).data.post.product_id;
        };
        expect(await change(chair)).toBe(chair);
        expect([await postsOf(lamp), await postsOf(chair)]).toEqual([[], [id]]);
        expect(await change(null)).toBeNull();
        expect(await change(chair)).toBe(chair);
        await staff.delete(`/admin/products/${chair}`);
        expect((await staff.read(id)).product_id).toBeNull();
      });

      it('goes with the post', async () => {
        const lamp = await product('Last lamp');
        const { id } = await staff.compose({ account_id: shop.account_id, caption: 'Soon gone', product_id: lamp });
        await staff.delete(`/admin/twitter/posts/${id}`);
        expect(await postsOf(lamp)).toEqual([]);
      });

      it('is refused by name if there is no such product', async () => {
        const refused = { status: 400, data: { message: expect.stringMatching(/^product_id: .*prod_gone/) } };
        const input = { account_id: shop.account_id, caption: 'Of nothing', product_id: 'prod_gone' };
        expect(await staff.post('/admin/twitter/posts', input)).toMatchObject(refused);
        expect((await staff.get('/admin/twitter/posts?q=Of nothing')).data.count).toBe(0);
        const { id, revision } = await staff.compose({ account_id: shop.account_id, caption: 'Of something' });
        const changed = await staff.post(`/admin/twitter/posts/${id}`, { product_id: 'prod_gone', revision });
        expect(changed).toMatchObject(refused);
        expect((await staff.read(id)).revision).toBe(revision);
      });
    });
  },
});
