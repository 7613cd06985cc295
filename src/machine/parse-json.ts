import { BodyRefused } from './read-body';

/** Nothing that Bitbucket or our own pages send comes near it. */
const mostLevels = 100;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * JSON that somebody sent, with its text. How deep it is nested is counted before it is parsed: what a parser makes of
 * a hundred thousand levels costs whoever walks through it far more than it cost to send.
 * @throws {BodyRefused} for what is no UTF-8, no JSON, or nested too deep
 */
export function parseJson(bytes: Uint8Array): { readonly text: string; readonly value: unknown } {
  const text = decodeText(bytes);
  if (isTooDeep(bytes)) throw new BodyRefused(400, `The body is nested more than ${mostLevels} levels deep.`);
  try {
    return { text, value: JSON.parse(text) as unknown };
  } catch {
    throw new BodyRefused(400, 'The body is not JSON.');
  }
}

/** @throws {BodyRefused} for what is no UTF-8 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new BodyRefused(400, 'The body is not UTF-8.');
  }
}

/** By its brackets outside of texts, byte by byte: every byte of a longer character is beyond all of these. */
function isTooDeep(bytes: Uint8Array): boolean {
  let level = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) at = findEndOfText(bytes, at);
    else if (byte === openList || byte === openObject) level += 1;
    else if (byte === closeList || byte === closeObject) level -= 1;
    if (level > mostLevels) return true;
  }
  return false;
}

const [quote, backslash] = [0x22, 0x5c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Where the text that begins here ends; of one without an end, where all ends. */
function findEndOfText(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at;
}
