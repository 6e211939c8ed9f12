import type { ExecArgs } from '@medusajs/framework/types';
import { MedusaError, Modules, ProductStatus } from '@medusajs/framework/utils';
import { createProductsWorkflow } from '@medusajs/medusa/core-flows';

/** What the shop sells, and how many pictures there are of it. */
const PRODUCTS = [
  { title: 'Oak lamp', subtitle: 'Turned from a single piece, oiled by hand.', pictures: 5 },
  { title: 'Steel lamp', subtitle: 'Bends where you want it, stays where you leave it.', pictures: 3 },
  { title: 'Glass lamp', subtitle: 'Blown in one breath.', pictures: 1 },
];

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new MedusaError(MedusaError.Types.INVALID_DATA, `Set ${name} in the environment`);
  return value;
}

/** Makes the account that signs in to the admin. */
async function createAdmin({ container }: ExecArgs): Promise<void> {
  const email = setting('SEED_EMAIL');
  const auth = container.resolve(Modules.AUTH);
  const user = await container.resolve(Modules.USER).createUsers({ email });
  const { authIdentity, error } = await auth.register('emailpass', {
    body: { email, password: setting('SEED_PASSWORD') },
    url: '',
    headers: {},
    query: {},
    protocol: 'http',
  });
  if (!authIdentity) throw new MedusaError(MedusaError.Types.UNEXPECTED_STATE, error ?? 'The account was not made');
  await auth.updateAuthIdentities({ id: authIdentity.id, app_metadata: { user_id: user.id } });
}

/** Makes products with pictures that the sandbox draws. */
async function createProducts({ container }: ExecArgs): Promise<void> {
  const media = `${setting('SEED_MEDIA_URL')}/jpeg?width=1200&height=900`;
  const shippingProfiles = container.resolve(Modules.FULFILLMENT);
  const profile = await shippingProfiles.createShippingProfiles({ name: 'Parcels', type: 'default' });
  const products = PRODUCTS.map(({ title, subtitle, pictures }, index) => {
    const images = Array.from({ length: pictures }, (_, picture) => ({
      url: `${media}&seed=${index * 10 + picture + 1}`,
    }));
    return {
      title,
      subtitle,
      images,
      thumbnail: images[0]?.url,
      status: ProductStatus.PUBLISHED,
      shipping_profile_id: profile.id,
      options: [{ title: 'Colour', values: ['Natural'] }],
      variants: [{ title: 'Natural', options: { Colour: 'Natural' }, prices: [] }],
    };
  });
  await createProductsWorkflow(container).run({ input: { products } });
}

/** Fills an empty shop: an account for the admin, and a few products. */
export default async function seed(args: ExecArgs): Promise<void> {
  await createAdmin(args);
  await createProducts(args);
}
