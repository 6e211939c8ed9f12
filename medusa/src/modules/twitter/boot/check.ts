import type { Knex } from '@medusajs/framework/mikro-orm/knex';
import type { LoaderOptions } from '@medusajs/framework/types';
import { ContainerRegistrationKeys } from '@medusajs/framework/utils';
import type { TwitterOptions } from '../options';
import { requireAddon } from './addon';
import { requireKeys, requirePair, requireUsable } from './credentials';
import { requireValues } from './options';
import { requireTables } from './tables';
import { requireWebhook } from './webhook';

/** Refuses to start a server that could not do its work, before a job or a person finds out. */
export default async function checkAtBoot({ container, options = {} }: LoaderOptions<TwitterOptions>): Promise<void> {
  requireAddon();
  const keyring = requireKeys(options);
  requirePair(options);
  requireValues(options);
  requireWebhook(options);
  const knex = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION);
  await requireTables(knex);
  await requireUsable(knex, options, keyring);
}
