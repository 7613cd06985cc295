import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;
const version = 'v1.';

declare const encrypted: unique symbol;
/** Text that only the key opens, in the place it was encrypted for. */
export type Encrypted = string & { readonly [encrypted]: true };

/** Encrypts secrets at rest with AES-256-GCM, each bound to the row and column it is kept in. */
export class Encryption {
  readonly #key: Buffer;
  readonly #fingerprintKey: Buffer;
  readonly #previous: Encryption | null;

  /**
   * A key of 32 bytes; anything else is an error. `previous`: the key before a rotation, which opens what was encrypted
   * with it and encrypts nothing.
   */
  constructor(key: Buffer, previous: Buffer | null = null) {
    this.#previous = previous === null ? null : new Encryption(previous);
    if (key.length !== keyLength) {
      throw new Error(`The encryption key has ${key.length} bytes; ${keyLength} are needed.`);
    }
    this.#key = Buffer.from(key);
    this.#fingerprintKey = Buffer.from(hkdfSync('sha256', key, '', 'drumbeat fingerprint', keyLength));
  }

  /** `place` names table, column and row: moved elsewhere the text cannot be decrypted. */
  encrypt(text: string, place: readonly string[]): Encrypted {
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv(algorithm, this.#key, nonce, { authTagLength: tagLength });
    cipher.setAAD(toAssociated(place));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return (version + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')) as Encrypted;
  }

  /** Throws, telling neither text nor key, when key or place are not those of the encryption. */
  decrypt(stored: Encrypted, place: readonly string[]): string {
    const text = this.open(stored, place) ?? this.#previous?.open(stored, place) ?? null;
    if (text !== null) return text;
    throw new Error(`A secret of ${place[0] ?? 'the database'} cannot be decrypted: is ENCRYPTION_KEY the right one?`);
  }

  /** As `decrypt`, with the key alone; `null` when key or place are not those of the encryption. */
  open(stored: Encrypted, place: readonly string[]): string | null {
    try {
      const bytes = Buffer.from(stored.slice(version.length), 'base64');
      const decipher = createDecipheriv(algorithm, this.#key, bytes.subarray(0, nonceLength), {
        authTagLength: tagLength,
      });
      decipher.setAAD(toAssociated(place));
      decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
      const text = Buffer.concat([decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final()]);
      return text.toString('utf8');
    } catch {
      return null;
    }
  }

  /** The same for the same parts, and telling nothing of them without the key. */
  fingerprint(parts: readonly string[]): string {
    return createHmac('sha256', this.#fingerprintKey).update(toAssociated(parts)).digest('hex').slice(0, keyLength);
  }
}

function toAssociated(place: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(place), 'utf8');
}
