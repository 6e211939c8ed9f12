// The queries of lists, as Medusa's own routes have them. What a list does not have is refused by its name.
import { z } from '@medusajs/framework/zod';
import { id, status, text } from './schemas';

/** How many entries a list gives at most. */
const MOST = 200;
const MAX_SEARCH = 1000;

/** One value, or several as `name[]=a&name[]=b`. */
const oneOrMany = <Value extends z.ZodType>(value: Value) =>
  z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(value).min(1).max(MOST));

const time = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'must be a date, such as 2026-11-27T08:00:00Z')
  .transform((value) => new Date(value));

const isOperators = (given: unknown) => typeof given === 'object' && given !== null;

/** A time, or `name[$gte]=…` and the like. */
const times = z.preprocess(
  (given) => (isOperators(given) ? given : { $eq: given }),
  z.strictObject({
    $eq: time.optional(),
    $ne: time.optional(),
    $gt: time.optional(),
    $gte: time.optional(),
    $lt: time.optional(),
    $lte: time.optional(),
  }),
);

/** Words to look for. Medusa's search takes `%` and `_` as wildcards, which nobody means who types them. */
const words = text(MAX_SEARCH).transform((value) => value.replace(/[\\%_]/g, '\\$&'));

/** A field to sort by, downwards with `-` before it. */
function orderOf<Field extends string>(fields: readonly Field[], byDefault: string) {
  const allowed = fields.flatMap((field) => [field, `-${field}`]);
  return z
    .enum(allowed as [string, ...string[]], `must be one of ${fields.join(', ')}; with - before it, downwards`)
    .default(byDefault)
    .transform((order) => {
      const direction = order.startsWith('-') ? 'DESC' : 'ASC';
      // The id decides between equals, or pages would show one entry twice and another not at all.
      return { [order.replace('-', '')]: direction, id: direction } as Record<string, 'ASC' | 'DESC'>;
    });
}

/** Names to show, `a,b`; or changes to what is shown without them, `+a,-b`. The id is always shown. */
function fieldsOf<Field extends string>(all: readonly Field[], byDefault: readonly Field[]) {
  const isField = (name: string): name is Field => (all as readonly string[]).includes(name);
  return z
    .string()
    .default('')
    .transform((value, context): Field[] => {
      const names = value.split(',').map((name) => name.trim());
      const wanted = names
        .filter((name) => name !== '')
        .map((name) => ({ sign: name[0], name: name.replace(/^[+*-]/, '') }));
      for (const { name } of wanted) {
        if (isField(name)) continue;
        context.addIssue({ code: 'custom', message: `there is no field ${name}: there are ${all.join(', ')}` });
        return z.NEVER;
      }
      const isSigned = ({ sign }: { sign?: string }) => sign === '+' || sign === '-' || sign === '*';
      const shown = new Set<string>(wanted.every(isSigned) ? byDefault : []);
      for (const { sign, name } of wanted) {
        if (sign === '-') shown.delete(name);
        else shown.add(name);
      }
      return all.filter((name) => name === 'id' || shown.has(name));
    });
}

const page = (limit: number) => ({
  limit: z.coerce.number().int().min(1).max(MOST).default(limit),
  offset: z.coerce.number().pipe(z.int32().min(0)).default(0),
});

/** What a post has to show. */
export const POST_FIELDS = [
  ...(['id', 'account_id', 'account', 'caption', 'media_attachments', 'thread', 'poll', 'product_id'] as const),
  ...(['status', 'scheduled_at', 'posted_at', 'post_url', 'insights', 'insights_at', 'error', 'revision'] as const),
  ...(['intent', 'activity', 'created_at', 'updated_at'] as const),
] as const;
const LISTED_POST_FIELDS = POST_FIELDS.filter((field) => field !== 'intent' && field !== 'activity');

/** Query of listing posts. */
export const listPostsSchema = z.strictObject({
  id: oneOrMany(id).optional(),
  status: oneOrMany(status).optional(),
  account_id: oneOrMany(id).optional(),
  product_id: oneOrMany(id).optional(),
  q: words.optional(),
  created_at: times.optional(),
  updated_at: times.optional(),
  scheduled_at: times.optional(),
  posted_at: times.optional(),
  order: orderOf(['created_at', 'updated_at', 'scheduled_at', 'posted_at', 'status', 'caption', 'id'], '-created_at'),
  fields: fieldsOf(POST_FIELDS, LISTED_POST_FIELDS),
  ...page(20),
});

/** Query of showing a post. */
export const showPostSchema = z.strictObject({ fields: fieldsOf(POST_FIELDS, POST_FIELDS) });

/** What an account has to show. */
export const ACCOUNT_FIELDS = [
  ...(['id', 'x_user_id', 'status', 'profile', 'scopes', 'missing_scopes', 'has_oauth1', 'expires_at'] as const),
  ...(['events', 'created_at', 'updated_at'] as const),
] as const;

/** Query of listing accounts. */
export const listAccountsSchema = z.strictObject({
  id: oneOrMany(id).optional(),
  status: oneOrMany(z.enum(['connected', 'reauth_required', 'not_connected'])).optional(),
  x_user_id: oneOrMany(id).optional(),
  created_at: times.optional(),
  updated_at: times.optional(),
  order: orderOf(['created_at', 'updated_at', 'status', 'id'], 'created_at'),
  fields: fieldsOf(ACCOUNT_FIELDS, ACCOUNT_FIELDS),
  ...page(MOST),
});

/** Query of showing an account. */
export const showAccountSchema = z.strictObject({ fields: fieldsOf(ACCOUNT_FIELDS, ACCOUNT_FIELDS) });

/** Query of routes that have none. */
export const noQuerySchema = z.strictObject({});

/** Of a view what was asked for. */
export function pick<View extends object>(view: View, fields: readonly string[]): Partial<View> {
  return Object.fromEntries(Object.entries(view).filter(([name]) => fields.includes(name))) as Partial<View>;
}
