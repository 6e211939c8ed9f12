import { priceInWords, scheduleInWords } from '../src/admin/lib/price';
import { costOf } from '../src/twitter/validation';

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
  ])('%s', (_, post, words) => {
    expect(priceInWords(costOf(post))).toBe(words);
  });

  it('says how often metrics are read', () => {
    expect(scheduleInWords({ schedule: 'light', readings_per_post: 6, usd: 0 })).toContain('6 times in 30 days');
    expect(scheduleInWords({ schedule: 'off', readings_per_post: 0, usd: 0 })).toContain('only when somebody asks');
  });
});
