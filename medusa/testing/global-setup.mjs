import { startPostgres } from './postgres.mjs';

/** Starts the Postgres that all suites use, each with a database of its own. */
export default async function setUp() {
  const postgres = await startPostgres();
  Object.assign(globalThis, { postgres });
  Object.assign(process.env, {
    DB_HOST: postgres.host,
    DB_PORT: String(postgres.port),
    DB_USERNAME: postgres.user,
    DB_PASSWORD: postgres.password,
  });
}
