import { z } from '@medusajs/framework/zod';

/** A text that the database can hold: Postgres has no NUL, and UTF-8 no half of a surrogate pair. */
export const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => !value.includes('\0'), 'must not contain the character NUL')
    .refine((value) => !/\p{Surrogate}/u.test(value), 'must not contain half of a character');

/** More than X takes of anything, so that X's own rule is what is reported. */
const MAX_TEXT = 50_000;
const MAX_URL = 4096;
const MAX_ID = 255;
const MAX_TOKEN = 8192;

export const id = text(MAX_ID).min(1);
const url = text(MAX_URL).min(1);
const token = text(MAX_TOKEN).min(1);
/** Milliseconds since the epoch that are a date of JavaScript's. */
const time = z.number().int().min(0).max(8.64e15);

const mediaAttachment = z.strictObject({
  url,
  alt_text: text(MAX_TEXT).optional(),
  type: z.enum(['image', 'gif', 'video']).optional(),
});

/** How many media a request may name: far more than X takes, so that X's own rule is what is reported. */
const mediaAttachments = z.array(mediaAttachment).max(50);

const threadPart = z.strictObject({ caption: text(MAX_TEXT), media_attachments: mediaAttachments.optional() });

const poll = z.strictObject({ options: z.array(text(MAX_TEXT)).max(10), duration_minutes: z.number().int() });

const content = {
  caption: text(MAX_TEXT).optional(),
  media_attachments: mediaAttachments.optional(),
  thread: z.array(threadPart).max(99).optional(),
  poll: poll.nullish(),
};

/** Body of creating a post. */
export const createPostSchema = z.strictObject({
  account_id: id,
  ...content,
  product_id: id.nullish(),
  scheduled_at: z.iso.datetime({ offset: true }).nullish(),
  /** Whether the time counts; a draft may keep one that was only planned. */
  status: z.enum(['draft', 'scheduled']).optional(),
  /** Names this request: the same one again gives the post that it made. Or the header `Idempotency-Key`. */
  idempotency_key: id.optional(),
});

/** The header `Idempotency-Key`. */
export const idempotencyKeySchema = id;

/** Body of changing a post. */
export const updatePostSchema = createPostSchema
  .omit({ idempotency_key: true })
  .partial()
  .extend({ revision: z.int32() });

/** Body of checking a post without storing it. */
export const validatePostSchema = createPostSchema.partial();

/** Body of looking at a medium. */
export const probeSchema = z.strictObject({ url });

/** Body of publishing a post. */
export const publishSchema = z.strictObject({
  /** Answer when the outcome is known, after a minute at most. */
  wait: z.boolean().default(false),
  /** The post as the caller saw it. */
  revision: z.int32().optional(),
});

/** Body of resolving an unknown outcome. */
export const resolveSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('check'),
    /** Answer when the look is over, which may take two minutes, in place of at once. */
    wait: z.boolean().default(false),
  }),
  z.strictObject({ action: z.literal('published'), tweet_id: z.string().regex(/^\d{1,19}$/) }),
  z.strictObject({ action: z.literal('retry') }),
  z.strictObject({ action: z.literal('abandon') }),
]);

const apiConfig = z.strictObject({
  access_token: token.optional(),
  refresh_token: token.optional(),
  expires_at: time.optional(),
  scope: text(MAX_TEXT).optional(),
  oauth1_credentials: z.strictObject({ access_token: token, access_token_secret: token }).optional(),
});

/** Body of creating an account by hand, or of giving it other credentials. */
export const accountSchema = z.strictObject({
  api_config: apiConfig.optional(),
});

/** The state of a post. */
export const status = z.enum(['draft', 'scheduled', 'publishing', 'posted', 'failed', 'unknown', 'deleted']);

/** Query of beginning to connect an account. */
export const authorizeSchema = z.strictObject({
  method: z.enum(['oauth2', 'oauth1']).default('oauth2'),
  account_id: id.optional(),
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
