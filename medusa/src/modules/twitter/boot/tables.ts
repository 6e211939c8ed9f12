import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from '@medusajs/framework/mikro-orm/knex';
import { refusal } from './refuse';

/** The module's tables. */
const TABLES = [
  'twitter_account',
  'twitter_metrics_snapshot',
  'twitter_oauth_request',
  'twitter_post',
  'twitter_publish_intent',
  'twitter_webhook',
  'twitter_webhook_event',
];

/** Where Medusa notes the migrations that it has run. */
const MIGRATIONS_TABLE = 'mikro_orm_migrations';

/** Names of the module's migrations, the oldest first. */
function migrations(): string[] {
  return readdirSync(join(__dirname, '..', 'migrations'))
    .filter((name) => /^Migration\d+\.(ts|js)$/.test(name))
    .map((name) => name.replace(/\.\w+$/, ''))
    .sort();
}

async function existing(knex: Knex, names: string[]): Promise<string[]> {
  const { rows } = await knex.raw(
    `SELECT name FROM unnest(string_to_array(?, ',')) name WHERE to_regclass(quote_ident(name)) IS NOT NULL`,
    [names.join(',')],
  );
  return rows.map(({ name }: { name: string }) => name);
}

async function applied(knex: Knex): Promise<Set<string>> {
  if ((await existing(knex, [MIGRATIONS_TABLE])).length === 0) return new Set();
  const { rows } = await knex.raw(`SELECT name FROM ${MIGRATIONS_TABLE}`);
  return new Set(rows.map(({ name }: { name: string }) => name));
}

/** Makes sure that the tables are there, are as this version wants them, and were made by the plugin. */
export async function requireTables(knex: Knex): Promise<void> {
  const own = migrations();
  const done = await applied(knex);
  if (own.every((name) => done.has(name))) return;
  const [foreign] = done.has(own[0] as string) ? [] : await existing(knex, TABLES);
  if (foreign !== undefined) {
    throw refusal(
      `the database has a table ${foreign} that the plugin did not make: ` +
        'rename or drop that one, then run "npx medusa db:migrate"',
    );
  }
  throw refusal('the database lacks its newest tables: run "npx medusa db:migrate"');
}
