// Compiled with the tests and never run: what must not compile about the admin's texts.
import type { Texts, Translated } from '../src/admin/i18n/texts';

export function mistakes({ t }: Texts): string[] {
  return [
    t('posts.sync.done', { count: 1 }),
    // @ts-expect-error there is no such key
    t('posts.sync.nothing'),
    // @ts-expect-error a number chooses the form: its forms are not keys
    t('posts.sync.done_one', { count: 1 }),
    // @ts-expect-error nothing is filled in
    t('composer.part.title'),
    // @ts-expect-error one of two words is filled in
    t('composer.part.title', { part: 1 }),
    // @ts-expect-error there is nothing to fill in
    t('posts.none', { count: 1 }),
  ];
}

interface English {
  title: 'Posts';
  pages: { next: 'Next'; previous: 'Prev' };
}

// @ts-expect-error a text is not translated
export const missing: Translated<English> = { title: 'Beiträge', pages: { next: 'Weiter' } };

// @ts-expect-error a text is translated that there is not
export const unknown: Translated<English> = { title: 'Beiträge', pages: { next: 'W', previous: 'Z', last: 'L' } };
