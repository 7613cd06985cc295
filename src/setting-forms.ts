import { isIP } from 'node:net';
import { z } from 'zod';

/** Any text. */
export const given = { schema: z.string().min(1).nullable(), absent: null };

/** 32 bytes. */
export const key = {
  schema: z
    .string()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((bytes) => bytes.length === 32)
    .nullable(),
  ...{ absent: null, form: '32 bytes in base64' },
};

export const wholeNumber = (what: string, least: number, most: number) => ({
  schema: z
    .string()
    .regex(/^\d+$/u)
    .transform(Number)
    .refine((value) => value >= least && value <= most),
  form: `${what} from ${least} to ${most}`,
});

/** Without a trailing slash. */
export const address = {
  schema: z
    .string()
    .refine((text) => URL.canParse(text) && /^https?:$/u.test(new URL(text).protocol) && !/[?#]/u.test(text))
    .transform((text) => text.replace(/\/+$/u, '')),
  form: 'an http or https address without query',
};

export function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/u.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** Paths are looked at when they are opened; of an address every part can be read as it stands. */
export function isReadable(databaseUrl: string): boolean {
  if (databaseUrl.startsWith('sqlite:')) return true;
  try {
    decodeURI(databaseUrl);
    return URL.canParse(databaseUrl);
  } catch {
    return false;
  }
}
