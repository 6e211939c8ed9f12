import { medusaIntegrationTestRunner } from '@medusajs/test-utils';
import { signIn } from '../lib/admin';

jest.setTimeout(300_000);

medusaIntegrationTestRunner({
  testSuite: ({ api, getContainer }) => {
    it('boots', async () => {
      const staff = await signIn(getContainer(), api);
      const { data } = await api.get('/admin/social-platforms', staff);
      expect(data).toEqual({ social_platforms: [], count: 0 });
    });
  },
});
