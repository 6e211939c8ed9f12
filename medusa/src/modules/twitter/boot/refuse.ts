import { MedusaError } from '@medusajs/framework/utils';

/** What the plugin calls itself where it speaks to an operator. */
export const PLUGIN = 'medusa-plugin-twitter';

/** Why the server does not start: one sentence, which says what to do. */
export function refusal(sentence: string): MedusaError {
  return new MedusaError(MedusaError.Types.INVALID_ARGUMENT, `${PLUGIN}: ${sentence}`);
}
