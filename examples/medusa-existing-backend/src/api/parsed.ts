import { MedusaError } from '@medusajs/framework/utils';
import type { z } from '@medusajs/framework/zod';

/** A body as a route wants it; anything else is refused with the field and what is wrong with it. */
export function parsed<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new MedusaError(MedusaError.Types.INVALID_DATA, problems.join('; '));
}
