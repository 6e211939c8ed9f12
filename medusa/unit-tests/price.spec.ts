import { priceInWords, scheduleInWords } from '../src/admin/lib/price';
import { costOf } from '../src/twitter/validation';
import { textsIn } from '../testing/texts';

const link = 'Our lamp: https://shop.example.com/lamp';

describe('what the composer says of a price', () => {
  it.each([
    ['a text', { caption: 'Our lamp' }, 'About $0.015'],
    ['a link', { caption: link }, 'About $0.20: it has a link'],
    [
      'an alt text beside a link',
      { caption: link, media_attachments: [{ url: 'https://shop.example.com/lamp.jpg', alt_text: 'A lamp' }] },
      'About $0.205: it has a link',
    ],
    ['a thread', { caption: 'Our lamp', thread: [{ caption: 'It is out' }] }, 'About $0.03'],
    [
      'a thread with a link',
      { caption: 'Our lamp', thread: [{ caption: link }] },
      'About $0.215: 1 of its 2 parts has a link',
    ],
    ['nothing yet', { caption: '' }, 'About $0.015'],
  ])('%s', async (_, post, words) => {
    expect(priceInWords(await textsIn('en'), costOf(post))).toBe(words);
  });

  it('says it in German', async () => {
    const thread = { caption: link, thread: [{ caption: link }] };
    const words = priceInWords(await textsIn('de'), costOf(thread));
    expect(words).toBe('Etwa 0,40\u00a0$, weil 2 der 2 Teile einen Link enthalten');
  });

  it('says how often metrics are read', async () => {
    const texts = await textsIn('en');
    const light = { schedule: 'light', readings_per_post: 6, usd: 0 } as const;
    expect(scheduleInWords(texts, light)).toContain('6 times in 30 days');
    const off = { schedule: 'off', readings_per_post: 0, usd: 0 } as const;
    expect(scheduleInWords(texts, off)).toContain('only when somebody asks');
  });
});
