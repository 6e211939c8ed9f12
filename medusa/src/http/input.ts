import { MedusaError } from '@medusajs/framework/utils';
import type { z } from '@medusajs/framework/zod';

/** Where the parser's limit stands: a composed post with the longest texts and all of its alt texts fits. */
export const POST_BODY_LIMIT = '2mb';

function parse<Schema extends z.ZodType>(schema: Schema, given: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, code, message }) => ({ code, field: path.join('.'), message }));
  const sentences = problems.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`));
  throw Object.assign(new MedusaError(MedusaError.Types.INVALID_DATA, sentences.join('; ')), { problems });
}

/** A request's body, if it has the schema's form; otherwise an error that names every field that has not. */
export function bodyOf<Schema extends z.ZodType>(schema: Schema, request: { body?: unknown }): z.infer<Schema> {
  return parse(schema, request.body ?? {});
}

/** A request's query, likewise. */
export function queryOf<Schema extends z.ZodType>(schema: Schema, request: { query: unknown }): z.infer<Schema> {
  return parse(schema, request.query);
}
