'use strict';

const { randomUUID } = require('node:crypto');
const { ContainerRegistrationKeys } = require('@medusajs/framework/utils');
const knex = require('knex');

const { DB_HOST, DB_PORT, DB_USERNAME, DB_PASSWORD } = process.env;

/** The backend's own tables, as its migrations make them. */
const TABLES = `
  create table social_post (
    id text primary key,
    caption text,
    insights jsonb,
    notes json,
    twitter_intent text,
    status_code integer,
    created_at timestamptz not null default now(),
    deleted_at timestamptz
  );
  create table social_platform (
    id text primary key,
    api_config jsonb,
    settings json,
    created_at timestamptz not null default now()
  );
  create schema other;
  create table other.post (id integer primary key, state text);
`;

/** @param {string} url */
function connectTo(url) {
  return knex({ client: 'pg', connection: url, pool: { min: 0, max: 20 } });
}

/** Medusa's container, as far as it is asked. @param {any} connection */
function containerOf(connection) {
  return {
    resolve(/** @type {string} */ key) {
      if (key !== ContainerRegistrationKeys.PG_CONNECTION) throw new Error(`nothing is registered as ${key}`);
      return connection;
    },
  };
}

/** A database of its own for the tests of one file. */
function useDatabase() {
  const name = `helpers_${randomUUID().replaceAll('-', '')}`;
  const base = `postgres://${DB_USERNAME}:${DB_PASSWORD}@${DB_HOST}:${DB_PORT}`;
  const database = {
    url: `${base}/${name}`,
    connection: /** @type {any} */ (undefined),
    container: /** @type {any} */ (undefined),
    /** Makes a row, and gives its id. @param {string} table @param {Record<string, unknown>} [columns] */
    async insert(table, columns = {}) {
      const id = columns.id ?? `row_${randomUUID()}`;
      await database.connection(table).insert({ ...columns, id });
      return /** @type {string} */ (id);
    },
    /** @param {string} table @param {string} id */
    row: (table, id) => database.connection(table).where({ id }).first(),
  };
  /** @type {any} */
  let postgres;
  beforeAll(async () => {
    postgres = connectTo(`${base}/postgres`);
    await postgres.raw(`create database ${name}`);
    database.connection = connectTo(database.url);
    database.container = containerOf(database.connection);
    await database.connection.raw(TABLES);
  });
  afterAll(async () => {
    await database.connection.destroy();
    await postgres.destroy();
  });
  return database;
}

module.exports = { connectTo, containerOf, useDatabase };
