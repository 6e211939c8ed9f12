import { z } from '@medusajs/framework/zod';

const mediaAttachment = z.strictObject({
  url: z.string().min(1).max(4096),
  alt_text: z.string().optional(),
  type: z.enum(['image', 'gif', 'video']).optional(),
});

/** How many media a request may name: far more than X takes, so that X's own rule is what is told. */
const mediaAttachments = z.array(mediaAttachment).max(50);

const threadPart = z.strictObject({ caption: z.string().max(50_000), media_attachments: mediaAttachments.optional() });

const poll = z.strictObject({ options: z.array(z.string()).max(10), duration_minutes: z.number().int() });

const content = {
  caption: z.string().max(50_000).optional(),
  media_attachments: mediaAttachments.optional(),
  thread: z.array(threadPart).max(99).optional(),
  poll: poll.nullish(),
};

/** Body of creating a post. */
export const createPostSchema = z.strictObject({
  platform_id: z.string().min(1),
  ...content,
  product_id: z.string().nullish(),
  scheduled_at: z.iso.datetime({ offset: true }).nullish(),
});

/** Body of changing a post. */
export const updatePostSchema = createPostSchema.partial().extend({ revision: z.number().int() });

/** Body of checking a post without storing it. */
export const validatePostSchema = createPostSchema.partial();

/** Body of looking at a medium. */
export const probeSchema = z.strictObject({ url: z.string().min(1).max(4096) });

/** Body of publishing a post. */
export const publishSchema = z.strictObject({
  /** Answer when the outcome is known, after a minute at most. */
  wait: z.boolean().default(false),
  /** The post as the caller saw it. */
  revision: z.number().int().optional(),
});

/** Body of resolving an unknown outcome. */
export const resolveSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('check') }),
  z.strictObject({ action: z.literal('published'), tweet_id: z.string().regex(/^\d{1,19}$/) }),
  z.strictObject({ action: z.literal('retry') }),
  z.strictObject({ action: z.literal('abandon') }),
]);

const apiConfig = z.strictObject({
  access_token: z.string().min(1).optional(),
  refresh_token: z.string().min(1).optional(),
  /** Milliseconds since the epoch. */
  expires_at: z.number().optional(),
  scope: z.string().optional(),
  oauth1_credentials: z
    .strictObject({ access_token: z.string().min(1), access_token_secret: z.string().min(1) })
    .optional(),
});

/** Body of creating an account by hand, or of giving it other credentials. */
export const platformSchema = z.strictObject({
  name: z.enum(['twitter', 'x']).default('twitter'),
  api_config: apiConfig.optional(),
});

/** Query of listing posts. */
export const listPostsSchema = z.object({
  status: z.union([z.string(), z.array(z.string())]).optional(),
  platform_id: z.string().optional(),
  product_id: z.string().optional(),
  q: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(20),
  offset: z.coerce.number().int().min(0).default(0),
});

/** Query of beginning to connect an account. */
export const authorizeSchema = z.object({
  method: z.enum(['oauth2', 'oauth1']).default('oauth2'),
  platform_id: z.string().optional(),
  redirect_uri: z.url().optional(),
});

/** Body or query of the way back from X. */
export const callbackSchema = z.object({
  code: z.string().optional(),
  state: z.string().optional(),
  oauth_token: z.string().optional(),
  oauth_verifier: z.string().optional(),
  error: z.string().optional(),
  denied: z.string().optional(),
});
