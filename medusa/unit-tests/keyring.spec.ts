import { randomBytes } from 'node:crypto';
import { isStale, open, seal } from '../src/modules/twitter/credentials/api-config';
import { Keyring } from '../src/modules/twitter/credentials/keyring';

const key = () => randomBytes(32).toString('base64');

describe('Keyring', () => {
  const first = key();
  const second = key();

  it('decrypts what it encrypted, each time to another ciphertext', () => {
    const keyring = new Keyring(`v1:${first}`);
    const sealed = [1, 2].map(() => keyring.encrypt('a secret', 'row.field'));
    expect(new Set(sealed).size).toBe(2);
    expect(sealed.map((one) => keyring.decrypt(one, 'row.field'))).toEqual(['a secret', 'a secret']);
    expect(sealed.join()).not.toContain(Buffer.from('a secret').toString('base64'));
  });

  it('reads plain text from before', () => {
    expect(new Keyring(`v1:${first}`).decrypt('in plain text', 'row.field')).toBe('in plain text');
  });

  it('rotates: the newest key encrypts, all decrypt, and what is under an older one is stale', () => {
    const before = new Keyring(`v1:${first}`).encrypt('a secret', 'row.field');
    const rotated = new Keyring(`v2:${second},v1:${first}`);
    expect(rotated.decrypt(before, 'row.field')).toBe('a secret');
    expect(rotated.isStale(before)).toBe(true);
    expect(rotated.isStale('in plain text')).toBe(true);
    const after = rotated.encrypt('a secret', 'row.field');
    expect(after).toMatch(/^aes256gcm:v2:/);
    expect(rotated.isStale(after)).toBe(false);
  });

  it('refuses another key, another place, and a changed ciphertext, without showing any of them', () => {
    const sealed = new Keyring(`v1:${first}`).encrypt('a secret', 'row.field');
    const flipped = Buffer.from(sealed.split(':')[2] as string, 'base64');
    flipped[14] = (flipped[14] as number) ^ 1;
    const changed = `aes256gcm:v1:${flipped.toString('base64')}`;
    const attempts = [
      () => new Keyring(`v1:${second}`).decrypt(sealed, 'row.field'),
      () => new Keyring(`v2:${second}`).decrypt(sealed, 'row.field'),
      () => new Keyring(`v1:${first}`).decrypt(sealed, 'other.field'),
      () => new Keyring(`v1:${first}`).decrypt(changed, 'row.field'),
      () => new Keyring(`v1:${first}`).decrypt('aes256gcm:v1:', 'row.field'),
    ];
    for (const attempt of attempts) {
      expect(attempt).toThrow(/decrypted|does not hold/);
      expect(attempt).not.toThrow(first);
    }
  });

  it.each(['v1', `v1:${Buffer.from('short').toString('base64')}`, `:${first}`, `v 1:${first}`])(
    'refuses the keys %#, without showing them',
    (keys) => {
      expect(() => new Keyring(keys)).toThrow('TWITTER_ENCRYPTION_KEYS: entry 1');
      expect(() => new Keyring(keys)).not.toThrow(keys.slice(-12));
    },
  );

  it('refuses one version twice', () => {
    expect(() => new Keyring(`v1:${first},v1:${second}`)).toThrow('is listed twice');
  });

  it('stores nothing in plain text where there is no key', () => {
    expect(() => new Keyring('').encrypt('a secret', 'row.field')).toThrow('TWITTER_ENCRYPTION_KEYS');
  });

  it('encrypts each secret of a configuration by itself, and nothing else', () => {
    const keyring = new Keyring(`v1:${first}`);
    const config = {
      access_token: 'one',
      refresh_token: 'two',
      expires_at: 3,
      oauth1_credentials: { access_token: 'four', access_token_secret: 'five' },
    };
    const sealed = seal(config, 'row', keyring);
    expect(JSON.stringify(sealed)).not.toMatch(/"(one|two|four|five)"/);
    expect(sealed.expires_at).toBe(3);
    expect(open(sealed, 'row', keyring)).toEqual(config);
    expect([isStale(sealed, keyring), isStale(config, keyring)]).toEqual([false, true]);
  });
});
