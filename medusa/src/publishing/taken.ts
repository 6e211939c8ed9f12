import { MedusaError } from '@medusajs/framework/utils';
import type { TwitterPostStatus } from '../types/http';

/** A code that pages have words for, and a sentence. */
const SENTENCES: Partial<Record<TwitterPostStatus, [code: string, sentence: string]>> = {
  publishing: ['already_publishing', 'The post is being published already'],
  posted: ['already_posted', 'The post is out already'],
  deleted: ['deleted_on_x', 'The post was out, and has been deleted on X'],
  unknown: ['outcome_unknown', 'It is not known whether the post is out: resolve that first'],
};

/** A post that can't be published or changed now. */
export function alreadyTaken(status: TwitterPostStatus): MedusaError {
  const [code, message] = SENTENCES[status] ?? ['post_changed', 'The post was changed meanwhile: load it again'];
  // Medusa's handler replaces the message of CONFLICT; the routes of this plugin keep it.
  return new MedusaError(MedusaError.Types.CONFLICT, message, code);
}

/** A post that nobody has to decide about. */
export function outcomeIsKnown(status: TwitterPostStatus): MedusaError {
  return new MedusaError(MedusaError.Types.CONFLICT, `The post's outcome is known: it is ${status}`, 'outcome_known');
}
