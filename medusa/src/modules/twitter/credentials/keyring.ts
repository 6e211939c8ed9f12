import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { MedusaError } from '@medusajs/framework/utils';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** NIST SP 800-38D recommends 96 bits. */
const IV_BYTES = 12;
const TAG_BYTES = 16;
const PREFIX = 'aes256gcm';

/** Where the keys come from unless the plugin's options give them. */
export const KEYS_VARIABLE = 'TWITTER_ENCRYPTION_KEYS';

/**
 * Keys that encrypt secrets at rest, each with a version. The first one encrypts; all decrypt, so a new key is put in
 * front and the old one stays until every row has been written again.
 */
export class Keyring {
  readonly #keys = new Map<string, Buffer>();
  readonly #current: string | undefined;

  /** @param keys versions and keys of 32 bytes in base64, as `v2:<base64>,v1:<base64>` */
  constructor(keys: string | undefined = process.env[KEYS_VARIABLE]) {
    for (const [index, entry] of (keys ?? '')
      .split(',')
      .filter((part) => part.trim() !== '')
      .entries()) {
      const [version = '', encoded = ''] = entry.trim().split(':', 2);
      const key = Buffer.from(encoded, 'base64');
      if (!/^[\w-]{1,32}$/.test(version) || key.length !== KEY_BYTES) {
        throw new MedusaError(
          MedusaError.Types.INVALID_ARGUMENT,
          `${KEYS_VARIABLE}: entry ${index + 1} is not <version>:<${KEY_BYTES} bytes in base64>`,
        );
      }
      if (this.#keys.has(version)) {
        throw new MedusaError(MedusaError.Types.INVALID_ARGUMENT, `${KEYS_VARIABLE}: ${version} is listed twice`);
      }
      this.#keys.set(version, key);
      this.#current ??= version;
    }
  }

  /** Versions of its keys, the newest first. */
  get versions(): string[] {
    return [...this.#keys.keys()];
  }

  /** Versions of the keys that a text's encrypted values need. */
  static versionsIn(text: string): string[] {
    return [...text.matchAll(new RegExp(`"${PREFIX}:([\\w-]+):`, 'g'))].map(([, version]) => version as string);
  }

  /** Says whether a stored value was encrypted; values from before are in plain text. */
  static isEncrypted(stored: string): boolean {
    return stored.startsWith(`${PREFIX}:`);
  }

  /** Says whether a stored value should be written again: it is in plain text, or under an older key. */
  isStale(stored: string): boolean {
    return this.#current !== undefined && !stored.startsWith(`${PREFIX}:${this.#current}:`);
  }

  /**
   * Encrypts a secret with the first key.
   * @param place where it will lie, for example `<row>.access_token`: it can't be decrypted in another place
   */
  encrypt(secret: string, place: string): string {
    const version = this.#current;
    const key = version === undefined ? undefined : this.#keys.get(version);
    if (key === undefined) {
      throw new MedusaError(
        MedusaError.Types.INVALID_ARGUMENT,
        `Credentials can't be stored: set ${KEYS_VARIABLE} to <version>:<32 random bytes in base64>`,
      );
    }
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${PREFIX}:${version}:${sealed.toString('base64')}`;
  }

  /** Decrypts what `encrypt` made for the same place. A value in plain text is given back as it is. */
  decrypt(stored: string, place: string): string {
    if (!Keyring.isEncrypted(stored)) return stored;
    const [, version = '', encoded = ''] = stored.split(':', 3);
    const key = this.#keys.get(version);
    if (key === undefined) {
      throw new MedusaError(
        MedusaError.Types.INVALID_ARGUMENT,
        `Credentials are encrypted with the key ${version}, which ${KEYS_VARIABLE} does not hold`,
      );
    }
    const sealed = Buffer.from(encoded, 'base64');
    try {
      const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(place))
        .setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
      const opened = decipher.update(sealed.subarray(IV_BYTES, sealed.length - TAG_BYTES));
      return Buffer.concat([opened, decipher.final()]).toString('utf8');
    } catch {
      throw new MedusaError(
        MedusaError.Types.INVALID_ARGUMENT,
        `Credentials can't be decrypted with the key ${version}: it is another key, or the row was changed`,
      );
    }
  }
}
