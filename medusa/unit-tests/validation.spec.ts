import type TwitterModuleService from '../src/modules/twitter/service';
import { validatePost } from '../src/twitter/validation';

/** A service with these options, and no file module. */
function serviceWith(options: TwitterModuleService['options']): TwitterModuleService {
  const service = { options, itself: () => service } as TwitterModuleService;
  return service;
}

describe('checking a post', () => {
  const post = { caption: 'From our own server', media_attachments: [{ url: 'https://10.0.0.7/lamp.jpg' }] };
  const codes = async (options: TwitterModuleService['options']) => {
    const { parts } = await validatePost(serviceWith(options), post);
    return parts.flatMap(({ problems }) => problems.map(({ code }) => code));
  };

  it('knows from where the shop’s options let media come, as publishing does', async () => {
    expect(await codes({})).toEqual(['forbidden_url']);
    expect(await codes({ client: { mediaPolicy: { allowPrivateNetworks: true } } })).toEqual([]);
  });

  it('knows how long the shop’s posts may be', async () => {
    const long = { caption: 'x'.repeat(300) };
    const { parts } = await validatePost(serviceWith({ maxWeightedLength: 299 }), long);
    expect([parts[0]?.limit, parts[0]?.problems.length]).toEqual([299, 1]);
    expect((await validatePost(serviceWith({ maxWeightedLength: 300 }), long)).valid).toBe(true);
  });

  it.each([280, 300, 4000])('knows what of a text of more than %i characters fits', async (maxWeightedLength) => {
    const until = async (caption: string) =>
      (await validatePost(serviceWith({ maxWeightedLength }), { caption })).parts[0]?.fits_until;
    expect(await until(`${'x'.repeat(maxWeightedLength)}y`)).toBe(maxWeightedLength);
    expect(await until('x'.repeat(maxWeightedLength))).toBe(maxWeightedLength);
    // A link counts 23, a picture of one character 2 in as many UTF-16 units.
    const link = `https://example.com/${'a'.repeat(80)}`;
    expect(await until(`${link} ${'x'.repeat(maxWeightedLength)}`)).toBe(link.length + maxWeightedLength - 23);
    expect(await until('😀'.repeat(maxWeightedLength))).toBe(maxWeightedLength);
  });
});
