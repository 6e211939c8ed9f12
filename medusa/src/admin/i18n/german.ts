import { accounts, costs } from './de/accounts';
import { composer } from './de/composer';
import { errors } from './de/errors';
import { post, posts } from './de/posts';
import { problems, refusals } from './de/problems';
import { shared } from './de/shared';
import type { en } from './english';
import type { Translated } from './texts';

export const de: Translated<typeof en> = {
  ...shared,
  posts,
  post,
  composer,
  accounts,
  costs,
  problems,
  refusals,
  errors,
};
