// What people read, in English: the source of all keys. Words between `{{…}}` are filled in. Where a key ends with `_one`
// and `_other`, the number `count` chooses; other languages may need `_few` and `_many` as well.
import { ERROR_WORDS } from '../../words/errors';
import { accounts, costs } from './en/accounts';
import { composer } from './en/composer';
import { post, posts } from './en/posts';
import { problems, refusals } from './en/problems';
import { shared } from './en/shared';

export const en = {
  ...shared,
  posts,
  post,
  composer,
  accounts,
  costs,
  problems,
  refusals,
  errors: ERROR_WORDS,
} as const;
