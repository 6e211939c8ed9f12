import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { MedusaError } from '@medusajs/framework/utils';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;

/** An encrypted text as it lies in a JSON column; all in base64. */
export interface EncryptedData {
  encrypted: string;
  iv: string;
  authTag: string;
}

/** Encrypts secrets at rest with `ENCRYPTION_KEY`, 32 bytes in base64. */
export default class EncryptionService {
  encrypt(text: string): EncryptedData {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key(), iv);
    const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return {
      encrypted: encrypted.toString('base64'),
      iv: iv.toString('base64'),
      authTag: cipher.getAuthTag().toString('base64'),
    };
  }

  decrypt({ encrypted, iv, authTag }: EncryptedData): string {
    const decipher = createDecipheriv(ALGORITHM, this.#key(), Buffer.from(iv, 'base64'));
    decipher.setAuthTag(Buffer.from(authTag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(encrypted, 'base64')), decipher.final()]).toString('utf8');
  }

  #key(): Buffer {
    const key = Buffer.from(process.env.ENCRYPTION_KEY ?? '', 'base64');
    if (key.length === KEY_BYTES) return key;
    throw new MedusaError(
      MedusaError.Types.INVALID_ARGUMENT,
      `ENCRYPTION_KEY is not ${KEY_BYTES} bytes in base64: make one by openssl rand -base64 ${KEY_BYTES}`,
    );
  }
}
