import { parseJson } from './parse-json';

const parse = (text: string | Buffer): unknown => parseJson(Buffer.from(text)).value;

const nested = (levels: number, open = '[', close = ']'): string => `${open.repeat(levels)}1${close.repeat(levels)}`;

describe('JSON that somebody sent', () => {
  it('is read as it is, brackets in its texts or not', () => {
    const value = { text: `${'['.repeat(300)}"\\${'{'.repeat(300)}`, list: [{ ä: '€' }], '\\"': '\\\\' };
    expect(parse(JSON.stringify(value))).toEqual(value);
    const wide = `[${'[],'.repeat(5_000)}{}]`;
    expect(parse(wide)).toHaveLength(5_001);
    expect(parse(nested(100))).toBeDefined();
  });

  it.each([
    ['101 lists', nested(101), 'nested more than 100 levels deep'],
    ['101 objects', `${'{"a":'.repeat(101)}1${'}'.repeat(101)}`, 'nested more than 100 levels deep'],
    ['a million levels without an end', '['.repeat(1_000_000), 'nested more than 100 levels deep'],
    ['depth behind a text with quotes', `["\\\\","\\"",${nested(100)}]`, 'nested more than 100 levels deep'],
    ['a text without an end', '["[[', 'not JSON'],
    ['nothing', '', 'not JSON'],
    ['bytes that are no text', Buffer.from([0x22, 0xff, 0x22]), 'not UTF-8'],
    ['a character cut in two', Buffer.from([0x22, 0xe2, 0x82, 0x22]), 'not UTF-8'],
  ])('is refused with %s', (_, text, words) => {
    expect(() => parse(text)).toThrow(words);
  });
});
