'use strict';

const fs = require('node:fs');
const { hostname, tmpdir } = require('node:os');
const { join } = require('node:path');
const { spawnSync } = require('node:child_process');
const { CredentialFile } = require('../../js/cli/credential-file.js');
const { Output } = require('../../js/cli/output.js');
const { States } = require('../../js/cli/state.js');
const { lock } = require('../../js/cli/lock.js');
const { VersionedText } = require('../../js/cli/versions.js');
const { resealed } = require('../support/intents.js');

/** The state of a post that X refused. */
const REFUSED = { version: 1, kind: 'intent', intent: { failure: { code: 'FORBIDDEN', message: 'No.' } } };
const SETTLED = resealed(JSON.stringify({ ...REFUSED, checksum: '-'.repeat(11) }), (_name, value) => value);

/** @type {string} */
let folder;
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'twitter-native-cli-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(folder, { recursive: true });
});

describe('a text that processes share', () => {
  test('is stored by the one who knows what lies there', () => {
    const [one, other] = [new VersionedText(join(folder, 'row')), new VersionedText(join(folder, 'row'))];
    expect(one.load()).toBeUndefined();
    expect([one.store('first', undefined), other.store('second', undefined)]).toEqual([true, false]);
    expect(other.load()).toMatchObject({ text: 'first', version: 1 });
    expect([other.store('second', 1), one.store('third', 1)]).toEqual([true, false]);
    expect(fs.readdirSync(join(folder, 'row')).sort()).toEqual(['v1', 'v2']);
    expect(fs.statSync(join(folder, 'row')).mode & 0o777).toBe(0o700);
    expect(fs.statSync(join(folder, 'row', 'v2')).mode & 0o777).toBe(0o600);
  });

  test('is not stored by a process that slept while others stored it, though the name was free again', () => {
    const row = new VersionedText(join(folder, 'row'));
    row.store('1', undefined);
    const link = fs.linkSync;
    jest.spyOn(fs, 'linkSync').mockImplementationOnce((from, to) => {
      for (const version of [1, 2, 3]) expect(row.store(`other ${version + 1}`, version)).toBe(true);
      link(from, to);
    });
    expect(row.store('late', 1)).toBe(false);
    expect(row.load()).toMatchObject({ text: 'other 4', version: 4 });
  });

  test('says what is wrong with a disk that is full or knows no links', () => {
    const row = new VersionedText(join(folder, 'row'));
    for (const [code, words] of [
      ['ENOSPC', 'which is full'],
      ['ENOTSUP', 'without hard links'],
    ]) {
      jest.spyOn(fs, 'linkSync').mockImplementationOnce(() => {
        throw Object.assign(new Error('refused'), { code });
      });
      expect(() => row.store('1', undefined)).toThrow(words);
    }
    expect(fs.readdirSync(join(folder, 'row'))).toEqual([]);
  });

  test('that can not be read is reported, with the folder', () => {
    const row = new VersionedText(join(folder, 'row'));
    row.store('1', undefined);
    jest.spyOn(fs, 'readFileSync').mockImplementationOnce(() => {
      throw Object.assign(new Error('refused'), { code: 'EIO' });
    });
    expect(() => row.load()).toThrow(`The folder ${join(folder, 'row')} could not be used (EIO)`);
    expect(row.load()).toMatchObject({ text: '1' });
  });

  test('that is replaced while it is read is read again', () => {
    const row = new VersionedText(join(folder, 'row'));
    row.store('1', undefined);
    const read = fs.readFileSync;
    jest.spyOn(fs, 'readFileSync').mockImplementationOnce((...given) => {
      row.store('2', 1);
      row.store('3', 2);
      return read(...given);
    });
    expect(row.load()).toMatchObject({ text: '3', version: 3 });
  });

  test('loses the drafts of processes that were killed, an hour later', () => {
    const row = new VersionedText(join(folder, 'row'));
    row.store('1', undefined);
    const [old, recent] = ['draft-7-old', 'draft-7-recent'].map((name) => join(folder, 'row', name));
    for (const file of [old, recent]) fs.writeFileSync(file, 'half');
    const then = Date.now() / 1000 - 3601;
    fs.utimesSync(old, then, then);
    row.tidy();
    expect(fs.readdirSync(join(folder, 'row')).sort()).toEqual(['draft-7-recent', 'v1']);
  });
});

describe('a lock', () => {
  const limits = { holdMs: 60_000, waitMs: 150 };

  test('is held by one, and free when that one releases it', async () => {
    const release = await lock(folder, limits);
    await expect(lock(folder, limits)).rejects.toMatchObject({ code: 'IN_PROGRESS' });
    release();
    (await lock(folder, limits))();
  });

  test('of a process that died, or that is too old, is free', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    const row = new VersionedText(folder);
    row.store(JSON.stringify({ pid, host: hostname(), until: Date.now() + 60_000 }), undefined);
    (await lock(folder, limits))();
    const [, version] = [row, row.load()?.version];
    row.store(JSON.stringify({ pid: process.pid, host: 'elsewhere', until: Date.now() - 1 }), version);
    (await lock(folder, limits))();
    row.store(JSON.stringify({ pid, host: 'elsewhere', until: Date.now() + 60_000 }), row.load()?.version);
    await expect(lock(folder, limits)).rejects.toMatchObject({ code: 'IN_PROGRESS' });
  });

  test('whose text is none of a lock is free', async () => {
    new VersionedText(folder).store('half of a te', undefined);
    (await lock(folder, limits))();
  });
});

test('a credential file is changed by the one who knows what is in it, and stays whole', async () => {
  const file = new CredentialFile(join(folder, 'private', 'shop.json'));
  const oauth2 = { accessToken: 'one' };
  expect(await file.change(() => ({ oauth2 }))).toBe(true);
  const { version } = file.read() ?? {};
  const change = (/** @type {string} */ accessToken) =>
    file.change((before) => ({ ...before, oauth2: { accessToken } }), version);
  const results = await Promise.all(['two', 'three', 'four'].map(change));
  expect(results.filter(Boolean)).toHaveLength(1);
  expect(file.read()?.credentials.oauth2?.accessToken).toMatch(/^(two|three|four)$/);
  // A change that fails leaves the file, and nothing beside it but the lock.
  await expect(file.change(() => JSON.parse('{'))).rejects.toThrow(SyntaxError);
  expect(fs.readdirSync(join(folder, 'private')).sort()).toEqual(['shop.json', 'shop.json.lock']);
  expect(fs.statSync(join(folder, 'private')).mode & 0o777).toBe(0o700);
});

test('a credential file that can not be read or replaced says so, and leaves nothing beside it', async () => {
  const file = new CredentialFile(join(folder, 'shop.json'));
  await file.change(() => ({ oauth2: { accessToken: 'one' } }));
  jest.spyOn(fs, 'renameSync').mockImplementationOnce(() => {
    throw Object.assign(new Error('refused'), { code: 'EROFS' });
  });
  await expect(file.change(() => ({ oauth2: { accessToken: 'two' } }))).rejects.toThrow(
    `The credential file ${file.path} could not be written: it `,
  );
  expect(file.read()?.credentials.oauth2?.accessToken).toBe('one');
  expect(fs.readdirSync(folder).sort()).toEqual(['shop.json', 'shop.json.lock']);
  jest.spyOn(fs, 'openSync').mockImplementationOnce(() => {
    throw Object.assign(new Error('refused'), { code: 'EIO' });
  });
  expect(() => file.read()).toThrow(`The credential file ${file.path} could not be used (EIO)`);
});

describe('the state folder', () => {
  test('that can not be written names the file, and leaves no draft', () => {
    const states = new States(folder);
    jest.spyOn(fs, 'renameSync').mockImplementationOnce(() => {
      throw Object.assign(new Error('refused'), { code: 'ENOSPC' });
    });
    expect(() => states.keepAccount('a-token', '42')).toThrow('which is full');
    expect(fs.readdirSync(join(folder, 'accounts'))).toEqual([]);
    states.keepAccount('a-token', '42');
    expect(states.knownAccount('a-token')).toBe('42');
    jest.spyOn(fs, 'readFileSync').mockImplementationOnce(() => {
      throw Object.assign(new Error('refused'), { code: 'EIO' });
    });
    expect(() => states.knownAccount('a-token')).toThrow('could not be used (EIO)');
  });

  test('forgets a post that is settled after a while, and no other', async () => {
    const states = new States(folder);
    const year = Date.now() / 1000 - 366 * 24 * 3600;
    for (const content of ['settled', 'never read']) {
      const state = states.of('42', content).next();
      const text = content === 'settled' ? SETTLED : 'not a state';
      state.row.store(text, undefined);
      fs.utimesSync(join(state.folder, 'v1'), year, year);
    }
    const recent = states.of('42', 'recent').next();
    recent.row.store(SETTLED, undefined);
    expect(states.all()).toHaveLength(3);
    await states.tidy();
    expect(
      states
        .all()
        .map(({ state }) => state.id)
        .sort(),
    ).toEqual([states.of('42', 'never read').latest?.id, recent.id].sort());
  });
});

test('an error that nobody foresaw is named by its kind, and its words are not shown', () => {
  const printed = { stdout: '', stderr: '' };
  const stream = (/** @type {'stdout' | 'stderr'} */ name) =>
    /** @type {any} */ ({ write: (/** @type {string} */ text) => (printed[name] += text) });
  const streams = { stdout: stream('stdout'), stderr: stream('stderr') };
  for (const [thrown, kind] of [
    [new TypeError('a canary'), 'TypeError'],
    [Object.assign(new Error('a canary'), { code: 'ERR_ODD' }), 'ERR_ODD'],
    ['a canary', 'String'],
    [undefined, 'undefined'],
  ]) {
    for (const name of /** @type {const} */ (['stdout', 'stderr'])) printed[name] = '';
    expect(new Output({ ...streams, json: true }).error(thrown)).toBeGreaterThan(0);
    new Output(streams).error(thrown);
    expect(JSON.parse(printed.stdout)).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    for (const text of Object.values(printed)) {
      expect(text).toContain(`an error of its own (${kind})`);
      expect(text).not.toContain('canary');
    }
  }
});
