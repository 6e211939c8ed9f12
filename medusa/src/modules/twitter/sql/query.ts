import type { SqlEntityManager } from '@medusajs/framework/mikro-orm/knex';

/** Runs a statement and gives its rows; `?` is the place of each parameter. */
export async function query<Row = { id: string }>(
  manager: SqlEntityManager,
  sql: string,
  parameters: unknown[],
): Promise<Row[]> {
  return (await manager.execute(sql, parameters)) as Row[];
}

/** Runs a statement that selects ids, and gives these. */
export async function idsOf(manager: SqlEntityManager, sql: string, parameters: unknown[]): Promise<string[]> {
  return (await query(manager, sql, parameters)).map(({ id }) => id);
}
