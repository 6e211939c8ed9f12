import { defineLink } from '@medusajs/framework/utils';
import ProductModule from '@medusajs/medusa/product';
import TwitterModule from '../modules/twitter';

/** The product that a post was composed from: a post has at most one, a product any number of posts. */
export default defineLink(
  ProductModule.linkable.product,
  { linkable: TwitterModule.linkable.twitterPost, isList: true },
  { database: { table: 'twitter_post_product' } },
);
