import { z } from '@medusajs/framework/zod';
import { extendedBodyOf } from '../src/http/input';

describe('additional_data', () => {
  const schema = z.strictObject({ caption: z.string() });
  // As Medusa makes it of the `additionalDataValidator` in a shop's middleware.
  const additionalDataValidator = z.object({ campaign: z.string().max(5) }).nullish();
  const read = (additional_data: unknown, validator?: z.ZodType) =>
    extendedBodyOf(schema, {
      body: { caption: 'A lamp', additional_data },
      ...(validator && { additionalDataValidator: validator }),
    });

  it('is any object, or what the shop’s middleware says', () => {
    expect(read({ any: [1, 'thing'] }).additional_data).toEqual({ any: [1, 'thing'] });
    expect(read(undefined).additional_data).toBeUndefined();
    expect(read(null, additionalDataValidator).additional_data).toBeNull();
    expect(read({ campaign: 'mayor' }, additionalDataValidator).additional_data).toEqual({ campaign: 'mayor' });
  });

  it('is refused by its name if it is something else', () => {
    expect(() => read('text')).toThrow(/^additional_data: /);
    expect(() => read({ campaign: 'too long' }, additionalDataValidator)).toThrow(/^additional_data\.campaign: /);
  });
});
