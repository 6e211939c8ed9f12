import { join } from 'node:path';
import resources from '../src/admin/i18n';
import { en } from '../src/admin/i18n/english';
import { de } from '../src/admin/i18n/german';
import { NAMESPACE } from '../src/admin/i18n/texts';
import { ApiError } from '../src/admin/lib/api';
import { formatOf, localeOf } from '../src/admin/lib/format';
import { errorInWords, problemInWords } from '../src/admin/lib/server-messages';
import { hardCodedTexts, parsed, stringsOf, usedKeys } from '../testing/admin-sources';
import { textsIn } from '../testing/texts';

type Tree = { readonly [key: string]: string | Tree };

const flat = (tree: Tree, prefix = ''): [key: string, text: string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  );

const texts = { en: new Map(flat(en)), de: new Map(flat(de)) };
const placeholdersOf = (text = '') => [...text.matchAll(/\{\{(.*?)\}\}/g)].map(([, name]) => name).sort();

describe('the texts of the admin', () => {
  it('have the same keys and placeholders in both languages', () => {
    expect([...texts.de.keys()].sort()).toEqual([...texts.en.keys()].sort());
    for (const [key, text] of texts.en) {
      expect([key, placeholdersOf(texts.de.get(key))]).toEqual([key, placeholdersOf(text)]);
    }
  });

  it('are read by the dashboard where the pages look for them', () => {
    expect(resources).toEqual({ en: { [NAMESPACE]: en }, de: { [NAMESPACE]: de } });
  });

  it('say something in both languages, and German ones are not the English ones', () => {
    const same = [...texts.en].filter(([key, text]) => texts.de.get(key) === text).map(([key]) => key);
    // Names, and what is empty in both.
    expect(same.filter((key) => !/advice$/.test(key)).sort()).toEqual([
      'accounts.oauth1.title',
      'composer.account.withStatus',
      'composer.hindrance.media',
      'media.place',
      'media.video',
      'menu.root',
      'metrics.retweets',
      'posts.columns.status',
    ]);
  });

  it('are all used, and what is used exists', async () => {
    const { literals, patterns } = usedKeys();
    const keys = new Set([...texts.en.keys()].map((key) => key.replace(/_(one|other)$/, '')));
    const isUsed = (key: string) => literals.has(key) || patterns.some((pattern) => pattern.test(key));
    expect([...keys].filter((key) => !isUsed(key))).toEqual([]);
    for (const pattern of patterns) {
      expect([String(pattern), [...keys].some((key) => pattern.test(key))]).toEqual([String(pattern), true]);
    }
  });

  it('are all that the pages show: no text is written into a component', () => {
    expect(hardCodedTexts()).toEqual([]);
  });

  it('would be missed where they are written into a component', () => {
    const component = `
      export const Row = ({ name, isOpen, count }) => {
        toast.error('No');
        return (
          <li aria-label={isOpen ? 'Open' : name} className="flex" title={\`About \${count}\`}>
            {count === 'draft' && 'Words'} Text {name || 'Somebody'}
            <Table columns={[{ header: 'Post', id: 'post' }]} note={noteOf('Choose a time')} />
          </li>
        );
      };`;
    const found = hardCodedTexts([parsed('row.tsx', component)]).map((place) => place.split(': ')[1]?.trim());
    expect(found.sort()).toEqual(['About', 'Choose a time', 'No', 'Open', 'Post', 'Somebody', 'Text', 'Words'].sort());
  });

  it('are for codes that a server has', () => {
    const known = stringsOf(join(__dirname, '..', '..', 'crates', 'core', 'src'), join(__dirname, '..', 'src'));
    const codes = [...Object.keys(en.problems), ...Object.keys(en.refusals), ...Object.keys(en.post.history.events)];
    expect(codes.filter((code) => !known.has(code))).toEqual([]);
  });

  it('are in the language of the dashboard, and English where it has none of ours', async () => {
    expect((await textsIn('de')).t('posts.none')).toBe('Noch keine Beiträge');
    expect((await textsIn('fr')).t('posts.none')).toBe('No posts yet');
  });

  it.each([
    ['en', 0, 'The metrics of 0 posts are up to date'],
    ['en', 1, 'The metrics of 1 post are up to date'],
    ['en', 1200, 'The metrics of 1,200 posts are up to date'],
    ['de', 1, 'Die Kennzahlen von 1 Beitrag sind aktuell'],
    ['de', 1200, 'Die Kennzahlen von 1.200 Beiträgen sind aktuell'],
  ])('count in %s: %i', async (language, count, words) => {
    expect((await textsIn(language)).t('posts.sync.done', { count })).toBe(words);
  });
});

describe('a shop', () => {
  it('adds a language', async () => {
    const french = { fr: { [NAMESPACE]: { posts: { none: 'Aucune publication' } } } };
    const { t } = await textsIn('fr', french);
    expect([t('posts.none'), t('posts.noMatch')]).toEqual(['Aucune publication', 'No matching posts']);
  });

  it('puts texts in place of ours, in one language and not in the others', async () => {
    const own = {
      en: {
        [NAMESPACE]: { overrides: { posts: { none: 'Silence', sync: { done_one: 'One', done_other: '{{count}}!' } } } },
      },
    };
    const english = await textsIn('en', own);
    expect(english.t('posts.none')).toBe('Silence');
    expect([1, 2000].map((count) => english.t('posts.sync.done', { count }))).toEqual(['One', '2,000!']);
    expect((await textsIn('de', own)).t('posts.none')).toBe('Noch keine Beiträge');
  });
});

describe('figures and times', () => {
  it('are of the country that the browser has for the language', () => {
    expect(localeOf('en', ['de-DE', 'en-GB'])).toBe('en-GB');
    expect(localeOf('de', ['en-US', 'de-AT'])).toBe('de-AT');
    expect(localeOf('de', ['en-US'])).toBe('de');
    expect(localeOf('ptBR', ['en-US'])).toBe('pt-BR');
    expect(localeOf('zz', [])).toBe('en');
  });

  it.each([
    ['en-US', '$0.205', '1,234.5', '24.0 MB', '1 day 2 hours', '50%', 'Nov 25, 2026'],
    ['de', '0,205\u00a0$', '1.234,5', '24,0 MB', '1 Tag 2 Stunden', '50\u00a0%', '25.11.2026'],
  ])('as %s writes them', (locale, usd, number, bytes, time, share, date) => {
    const format = formatOf(locale);
    expect([format.usd(0.205), format.number(1234.5), format.bytes(24_000_000)]).toEqual([usd, number, bytes]);
    expect(format.minutes(26 * 60).replaceAll(/,? und |, /g, ' ')).toBe(time);
    expect([format.percent(50), format.date('2026-11-25')]).toEqual([share, date]);
  });
});

// spellchecker:off
describe('what the server says', () => {
  const problem = { code: 'too_large', message: 'the image is 6000000 bytes', limit: 5_000_000, actual: 6_000_000 };

  it('is put into words, by its code', async () => {
    expect(problemInWords(await textsIn('de'), problem)).toEqual({
      says: 'Die Datei hat 6,0 MB; X nimmt höchstens 5,0 MB an.',
      details: null,
    });
    const source = { code: 'MEDIA_SOURCE', message: 'https://a.example/b answered 404' };
    expect(problemInWords(await textsIn('de'), source)).toEqual({
      says: 'Die Datei konnte nicht gelesen werden.',
      details: 'https://a.example/b answered 404',
    });
  });

  it('is shown as it is, if its code is not known', async () => {
    const unknown = { code: 'of_next_year', message: 'Something new' };
    expect(problemInWords(await textsIn('de'), unknown)).toEqual({ says: 'Something new', details: null });
  });

  it.each<[string, unknown, string]>([
    [
      'a refusal of ours',
      new ApiError('The post is out already', 409, 'already_posted', []),
      'Der Beitrag ist schon veröffentlicht.',
    ],
    ['an error of X', new ApiError('429', 429, 'RATE_LIMITED', []), 'X bittet zu warten.'],
    [
      'a problem with a field',
      new ApiError('…', 400, undefined, [{ ...problem, field: 'media[0]' }]),
      'Die Datei hat 6,0 MB; X nimmt höchstens 5,0 MB an.',
    ],
    [
      'an answer without a sentence',
      new ApiError('502 Bad Gateway', 502, undefined, [], undefined, true),
      'Der Server hat mit dem Fehler 502 geantwortet.',
    ],
    [
      'no answer',
      new TypeError('Failed to fetch'),
      'Der Server ist nicht erreichbar. Versuchen Sie es gleich noch einmal.',
    ],
    [
      'a sentence without a code',
      new ApiError('product_id: there is no product x', 400, undefined, []),
      'product_id: there is no product x',
    ],
  ])('%s', async (_, error, words) => {
    expect(errorInWords(await textsIn('de'), error).says).toBe(words);
  });
});
// spellchecker:on
