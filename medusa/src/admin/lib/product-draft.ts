import type { AdminProduct } from '@medusajs/framework/types';
import type { MediaAttachment, TwitterPostInput } from '../../types/http';
import type { Texts } from '../i18n/texts';

/** A picture of a product. */
export interface ProductImage {
  id: string;
  url: string;
}

/** All pictures of a product, its thumbnail first. */
export function imagesOf({ images, thumbnail }: Pick<AdminProduct, 'images' | 'thumbnail'>): ProductImage[] {
  const all = (images ?? []).map(({ id, url }) => ({ id, url }));
  if (thumbnail && !all.some(({ url }) => url === thumbnail)) all.push({ id: 'thumbnail', url: thumbnail });
  return all.sort((one, other) => Number(other.url === thumbnail) - Number(one.url === thumbnail));
}

export const captionOf = ({ title, subtitle }: Pick<AdminProduct, 'title' | 'subtitle'>) =>
  subtitle ? `${title}\n\n${subtitle}` : title;

interface Choice {
  accountId: string;
  caption: string;
  images: ProductImage[];
}

/** The draft that a choice of a product's pictures makes. */
export function draftInputOf(
  { t }: Texts,
  product: Pick<AdminProduct, 'id' | 'title'>,
  { images, caption, accountId }: Choice,
): TwitterPostInput {
  const { title } = product;
  const count = images.length;
  const describe = (index: number) => (count === 1 ? title : t('product.altText', { title, number: index + 1, count }));
  const media: MediaAttachment[] = images.map(({ url }, index) => ({ url, alt_text: describe(index) }));
  return { account_id: accountId, caption, media_attachments: media, product_id: product.id };
}
