import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { RequestHead } from '../../door';

const keyForm = /\/notices\/([\w-]{22})(?:\?|$)/u;
/** In small letters, as Bitbucket writes them: anything else is not from there. */
const signatureForm = /^sha256=([0-9a-f]{64})$/u;

/** The key in the address of a notice; `null` for what can be none, which is not worth a question to the database. */
export function getNoticeKey({ originalUrl }: Pick<RequestHead, 'originalUrl'>): string | null {
  return keyForm.exec(originalUrl)?.[1] ?? null;
}

/** The signature that a notice came with: the bytes, or why there is none to compare. */
export function readSignature({ rawHeaders }: Pick<RequestHead, 'rawHeaders'>): Buffer | string {
  const values = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'x-hub-signature',
  );
  if (values.length === 0) return 'no signature';
  if (values.length > 1) return 'two signatures';
  const digits = signatureForm.exec(values[0] ?? '')?.[1];
  return digits === undefined ? 'the signature is not sha256= and 64 hexadecimal digits' : Buffer.from(digits, 'hex');
}

/** Was the body signed with one of these keys? HMAC-SHA256 over the bytes as they came, compared in constant time. */
export function isSignedWith(keys: readonly KeyObject[], body: Buffer, signature: Buffer): boolean {
  const fits = keys.map((key) => {
    const expected = createHmac('sha256', key).update(body).digest();
    return expected.length === signature.length && timingSafeEqual(expected, signature);
  });
  return fits.includes(true);
}
