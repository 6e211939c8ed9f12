'use strict';

const fs = require('node:fs');
const { hostname, tmpdir } = require('node:os');
const { join } = require('node:path');
const { spawnSync } = require('node:child_process');
const { CredentialFile } = require('../../js/cli/credential-file.js');
const { lock } = require('../../js/cli/lock.js');
const { VersionedText } = require('../../js/cli/versions.js');

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
