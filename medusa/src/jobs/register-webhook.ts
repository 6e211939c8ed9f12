import type { MedusaContainer } from '@medusajs/framework/types';
import { ContainerRegistrationKeys } from '@medusajs/framework/utils';
import { twitterOf } from '../twitter/service';
import { registerWebhook } from '../webhooks/registration';

/** Looks each minute whether it is time to register the webhook and its subscriptions, or to repair them. */
export default async function keepWebhookRegistered(container: MedusaContainer): Promise<void> {
  const registration = await registerWebhook(twitterOf(container));
  if (!registration?.error) return;
  const { url, error } = registration;
  container
    .resolve(ContainerRegistrationKeys.LOGGER)
    .warn(`X's events for ${url} could not be set up, and are tried again in 15 minutes: ${error.message}`);
}

export const config = { name: 'twitter-register-webhook', schedule: '* * * * *' };
