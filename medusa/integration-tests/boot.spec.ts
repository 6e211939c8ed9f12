// What keeps a server from starting, as Medusa finds it: the module loaded over a database, and the links over a shop.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asValue } from '@medusajs/framework/awilix';
import { LinkLoader } from '@medusajs/framework/links';
import { type Knex, knex } from '@medusajs/framework/mikro-orm/knex';
import { MedusaAppMigrateUp, moduleLoader, registerMedusaModule } from '@medusajs/framework/modules-sdk';
import { ContainerRegistrationKeys, createMedusaContainer } from '@medusajs/framework/utils';
import { MAKE_A_KEY } from '../src/modules/twitter/boot/credentials';
import { Keyring } from '../src/modules/twitter/credentials/keyring';
import type TwitterModuleService from '../src/modules/twitter/service';

jest.setTimeout(300_000);

const { DB_HOST: host, DB_PORT, DB_USERNAME: user, DB_PASSWORD: password } = process.env;
const MODULE = join(__dirname, '..', 'src', 'modules', 'twitter');
const LINKS = join(__dirname, '..', 'src', 'links');
const KEYS = `v1:${randomBytes(32).toString('base64')}`;
const APP = { clientId: 'id', clientSecret: 'secret', apiKey: 'key', apiSecret: 'secret', encryptionKeys: KEYS };

const connection = (database: string) => ({ host, port: Number(DB_PORT), user, password, database });

describe('a server', () => {
  const database = `boot_${randomBytes(6).toString('hex')}`;
  let server: Knex;
  let db: Knex;

  beforeAll(async () => {
    server = knex({ client: 'pg', connection: connection('postgres') });
  });

  beforeEach(async () => {
    await server.raw(`CREATE DATABASE ${database}`);
    db = knex({ client: 'pg', connection: connection(database) });
  });

  afterEach(async () => {
    await db.destroy();
    await server.raw(`DROP DATABASE ${database} WITH (FORCE)`);
  });

  afterAll(() => server.destroy());

  const clientUrl = `postgres://${user}:${password}@${host}:${DB_PORT}/${database}`;
  const declared = (options: object) => ({
    resolve: MODULE,
    scope: 'internal' as const,
    options: { ...options, database: { clientUrl } },
  });
  const migrate = () =>
    MedusaAppMigrateUp({
      modulesConfig: { twitter: declared(APP) },
      sharedResourcesConfig: { database: { clientUrl } },
      injectedDependencies: { [ContainerRegistrationKeys.PG_CONNECTION]: db },
    });
  /** Loads the module as a server does that starts. */
  const boot = async (options: object = APP): Promise<TwitterModuleService> => {
    const container = createMedusaContainer();
    container.register(ContainerRegistrationKeys.PG_CONNECTION, asValue(db));
    const moduleResolutions = registerMedusaModule({
      moduleKey: 'twitter',
      moduleDeclaration: declared(options),
      cwd: join(__dirname, '..'),
    });
    await moduleLoader({ container, moduleResolutions, logger: { error() {}, warn() {} } as never });
    return container.resolve('twitter');
  };
  const refuses = (options: object, sentence: RegExp) => expect(boot(options)).rejects.toThrow(sentence);
  const account = async (api_config: Record<string, unknown>) => {
    await (await boot()).createTwitterAccounts({ api_config, status: 'connected' });
  };

  describe('with its tables', () => {
    beforeEach(migrate);

    it('starts', async () => {
      await expect(boot()).resolves.toHaveProperty('createTwitterAccounts');
    });

    it('says how to make a key where there is none, and the key so made is good', async () => {
      const { TWITTER_ENCRYPTION_KEYS } = process.env;
      delete process.env.TWITTER_ENCRYPTION_KEYS;
      try {
        const booting = boot({ ...APP, encryptionKeys: undefined });
        await expect(booting).rejects.toThrow('medusa-plugin-twitter: TWITTER_ENCRYPTION_KEYS is not set');
        await expect(booting).rejects.toThrow(MAKE_A_KEY);
      } finally {
        process.env.TWITTER_ENCRYPTION_KEYS = TWITTER_ENCRYPTION_KEYS;
      }
      const folder = mkdtempSync(join(tmpdir(), 'medusa-plugin-twitter-key-'));
      try {
        execFileSync('sh', ['-c', MAKE_A_KEY], { cwd: folder });
        const [name, keys] = readFileSync(join(folder, '.env'), 'utf8').trim().split(/=(.*)/);
        expect(name).toBe('TWITTER_ENCRYPTION_KEYS');
        const keyring = new Keyring(keys);
        expect(keyring.decrypt(keyring.encrypt('a secret', 'row.field'), 'row.field')).toBe('a secret');
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it('names the entry of a key that is none', () =>
      refuses({ ...APP, encryptionKeys: 'v1:short' }, /medusa-plugin-twitter: TWITTER_ENCRYPTION_KEYS: entry 1/));

    it('does not start without the key that its accounts are encrypted with', async () => {
      const api_config = { access_token: new Keyring(KEYS).encrypt('token', 'place') };
      await account(api_config);
      const other = `v2:${randomBytes(32).toString('base64')}`;
      await refuses({ ...APP, encryptionKeys: other }, /encrypted with the key v1, which TWITTER_ENCRYPTION_KEYS/);
      await expect(boot({ ...APP, encryptionKeys: `${other},${KEYS}` })).resolves.toBeDefined();
    });

    it('does not start with one half of the app’s OAuth 1.0a key', () =>
      refuses({ ...APP, apiSecret: undefined }, /X_API_SECRET is not set, while its other half is/));

    it('does not start with a schedule, an owner or prices that can’t be meant', async () => {
      await refuses(
        { ...APP, insights: 'often' },
        /the option insights is "often": use one of off, light, normal, close/,
      );
      await refuses({ ...APP, appOwnerId: '@shop' }, /the option appOwnerId is "@shop": use X's id of the user/);
      await refuses({ ...APP, prices: { posts: 1 } }, /the option prices can't be used: prices may contain only/);
      await expect(boot({ ...APP, insights: 'light', appOwnerId: '1', prices: { post: 0.02 } })).resolves.toBeDefined();
    });

    it('does not start with an address that X sends nothing to, or without the key that signs its events', async () => {
      const to = (webhookUrl: string) => boot({ ...APP, webhookUrl });
      const says = 'X sends events to a public https address such as https://shop.example.com only';
      await expect(to('shop')).rejects.toThrow(`the option webhookUrl is not a URL: ${says}`);
      await expect(to('http://shop.example')).rejects.toThrow(`the option webhookUrl is not https: ${says}`);
      await expect(to('https://shop.example:443/')).rejects.toThrow(`the option webhookUrl has a port: ${says}`);
      await expect(to('https://shop.example/?a=b')).rejects.toThrow('has more than a host and a path');
      await expect(to(`https://shop.example/${'a'.repeat(200)}`)).rejects.toThrow('is longer than 200 characters');
      const keyless = { ...APP, apiKey: undefined, apiSecret: undefined, webhookUrl: 'https://shop.example' };
      await refuses(keyless, /X_API_SECRET is not set, which the option webhookUrl needs/);
      process.env.TWITTER_WEBHOOK_URL = 'http://shop.example';
      try {
        await refuses(APP, /TWITTER_WEBHOOK_URL is not https/);
      } finally {
        delete process.env.TWITTER_WEBHOOK_URL;
      }
      await expect(to('https://shop.example')).resolves.toBeDefined();
    });

    it('needs of the app’s credentials what its accounts use', async () => {
      await expect(boot({ encryptionKeys: KEYS })).resolves.toBeDefined();
      await account({ access_token: 'a', refresh_token: 'r' });
      await refuses({ ...APP, clientId: undefined }, /X_CLIENT_ID is not set, .* connected by OAuth 2\.0 need/);
      await account({ oauth1_credentials: { access_token: 'a', access_token_secret: 's' } });
      const oauth2 = { clientId: 'id', clientSecret: 'secret', encryptionKeys: KEYS };
      await refuses(oauth2, /X_API_KEY is not set, .* connected by OAuth 1\.0a need/);
    });
  });

  it('without its tables says how to make them', () =>
    refuses(APP, /lacks its newest tables: run "npx medusa db:migrate"/));

  it('with a table of that name that is not the plugin’s names it, and takes nothing over', async () => {
    await db.raw('CREATE TABLE twitter_post (id text PRIMARY KEY, text text)');
    await db.raw(`INSERT INTO twitter_post VALUES ('1', 'of the shop')`);
    await refuses(APP, /the database has a table twitter_post that the plugin did not make/);
    await expect(migrate()).rejects.toThrow(/twitter_post.*already exists/);
    expect(await db('twitter_post').select()).toEqual([{ id: '1', text: 'of the shop' }]);
    await refuses(APP, /the database has a table twitter_post/);
  });

  it('says why twitter-native can’t be loaded', async () => {
    jest.resetModules();
    process.env.NAPI_RS_NATIVE_LIBRARY_PATH = '/nowhere.node';
    try {
      await refuses(APP, /medusa-plugin-twitter: twitter-native can't be loaded: .*\/nowhere\.node/);
    } finally {
      delete process.env.NAPI_RS_NATIVE_LIBRARY_PATH;
    }
  });

  it('says what to install where twitter-native is not', async () => {
    jest.resetModules();
    jest.doMock('twitter-native', () => {
      throw new Error("Cannot find module 'twitter-native'\nRequire stack:");
    });
    try {
      await refuses(APP, /can't be loaded \(Cannot find module 'twitter-native'\): run "npm install twitter-native"/);
    } finally {
      jest.dontMock('twitter-native');
    }
  });
});

describe('a project', () => {
  const load = async (twitter: object, baseDir = join(__dirname, '..')) => {
    jest.resetModules();
    const { configManager } = require('@medusajs/framework/config');
    configManager.loadConfig({ projectConfig: { projectConfig: {}, modules: { twitter } }, baseDir });
    await new LinkLoader([LINKS], { info() {}, debug() {} } as never).load();
  };

  it('with the plugin’s module loads its links', async () => {
    await expect(load({ resolve: './src/modules/twitter' })).resolves.toBeUndefined();
  });

  it('with a module of its own under the plugin’s key is refused with the reason, before anything is migrated or started', async () => {
    await expect(load({ resolve: './modules/twitter' }, join(__dirname, 'consumer'))).rejects.toThrow(
      'medusa-plugin-twitter: the project has a module of its own with the key "twitter" (./modules/twitter), ' +
        "which is the plugin's: give that module another key",
    );
  });

  it('that disables the module is told to remove the plugin', async () => {
    await expect(load({ disable: true })).rejects.toThrow('the module "twitter" is disabled');
  });
});
