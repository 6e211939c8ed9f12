import { defineWidgetConfig } from '@medusajs/admin-sdk';
import type { AdminProduct, DetailWidgetProps } from '@medusajs/framework/types';
import { ProductPosts } from '../components/product/product-posts';

export default function ProductPostsWidget({ data }: DetailWidgetProps<AdminProduct>) {
  return <ProductPosts product={data} />;
}

export const config = defineWidgetConfig({
  id: 'medusa-plugin-twitter:product-posts',
  zone: 'product.details.side.after',
});
