import { createSecretKey, type KeyObject } from 'node:crypto';

/** The key of a secret that is text: its bytes as UTF-8. */
export function toSecretKey(secret: string): KeyObject {
  return createSecretKey(Buffer.from(secret, 'utf8'));
}
