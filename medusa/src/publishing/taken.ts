import { MedusaError } from '@medusajs/framework/utils';
import type { TwitterPostStatus } from '../types/http';

const SENTENCES: Partial<Record<TwitterPostStatus, string>> = {
  publishing: 'The post is being published already',
  posted: 'The post is out already',
  deleted: 'The post was out, and has been deleted on X',
  unknown: 'It is not known whether the post is out: resolve that first',
};

/** A post that can't be published or changed now. */
export function alreadyTaken(status: TwitterPostStatus): MedusaError {
  const message = SENTENCES[status] ?? 'The post was changed meanwhile: load it again';
  // Medusa's handler replaces the message of CONFLICT; the routes of this plugin keep it.
  return new MedusaError(MedusaError.Types.CONFLICT, message);
}
