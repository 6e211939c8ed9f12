import { validatePost } from '../src/twitter/validation';

describe('checking a post', () => {
  const post = { caption: 'From our own server', media_attachments: [{ url: 'https://10.0.0.7/lamp.jpg' }] };
  const codes = (options: Parameters<typeof validatePost>[1]) =>
    validatePost(post, options).parts.flatMap(({ problems }) => problems.map(({ code }) => code));

  it('knows from where the shop’s options let media come, as publishing does', () => {
    expect(codes({})).toEqual(['forbidden_url']);
    expect(codes({ client: { mediaPolicy: { allowPrivateNetworks: true } } })).toEqual([]);
  });

  it('knows how long the shop’s posts may be', () => {
    const [part] = validatePost({ caption: 'x'.repeat(300) }, { maxWeightedLength: 299 }).parts;
    expect([part?.limit, part?.problems.length]).toEqual([299, 1]);
    expect(validatePost({ caption: 'x'.repeat(300) }, { maxWeightedLength: 300 }).valid).toBe(true);
  });
});
