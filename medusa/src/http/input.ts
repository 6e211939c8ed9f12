import { MedusaError } from '@medusajs/framework/utils';
import { z } from '@medusajs/framework/zod';
import type { AdditionalData } from '../types/additional-data';

const additionalData = z.record(z.string(), z.unknown()).nullish();

/** The parser's limit: a composed post with the longest texts and all of its alt texts fits. */
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

/** What a shop's own middleware says of `additional_data`, by Medusa's `additionalDataValidator`. */
interface WithValidator {
  additionalDataValidator?: z.ZodType;
}

/** A body with `additional_data`, which goes to the hooks of the workflow: any object, unless the shop says which. */
export function extendedBodyOf<Schema extends z.ZodObject>(
  schema: Schema,
  request: { body?: unknown },
): z.infer<Schema> & AdditionalData {
  const additional_data = (request as WithValidator).additionalDataValidator ?? additionalData;
  return bodyOf(schema.extend({ additional_data }), request) as z.infer<Schema> & AdditionalData;
}

/** A request's query, likewise. */
export function queryOf<Schema extends z.ZodType>(schema: Schema, request: { query: unknown }): z.infer<Schema> {
  return parse(schema, request.query);
}
