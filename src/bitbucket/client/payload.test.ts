import { z } from 'zod';
import { UnreadablePayload } from './errors';
import { hash, inside, orNull, person, read, text, uuid, word } from './payload';

describe('a UUID', () => {
  it('gets braces and lower case, however it came', () => {
    expect(read(uuid, '{AAAAAAAA-0000-4000-8000-00000000000F}')).toBe('{aaaaaaaa-0000-4000-8000-00000000000f}');
    expect(read(uuid, 'aaaaaaaa-0000-4000-8000-00000000000f')).toBe('{aaaaaaaa-0000-4000-8000-00000000000f}');
  });

  it.each(['', '{}', '{{a}}', '{target_user.uuid}', '{a b}', 7, null])('is never %j', (value) => {
    expect(() => read(uuid, value)).toThrow(UnreadablePayload);
  });
});

describe('a hash', () => {
  it('has 12, 39 or 40 characters and is written in lower case', () => {
    const full = '0317dbfca7ea0f62125f08e09113c4ecc764683c';
    expect(read(hash, full.toUpperCase())).toBe(full);
    expect(read(hash, full.slice(0, 39))).toBe(full.slice(0, 39));
    expect(read(hash, full.slice(0, 12))).toBe(full.slice(0, 12));
  });

  it.each(['', 'main', '0704fc', '0317dbfca7eg', '../../user', null])('is never %j', (value) => {
    expect(() => read(hash, value)).toThrow(UnreadablePayload);
  });
});

describe('a text', () => {
  it('keeps what people write', () => {
    expect(read(text, 'Füge “x” hinzu 🎉 \u200c')).toBe('Füge “x” hinzu 🎉 \u200c');
  });

  it('loses what a database does not take', () => {
    expect(read(text, 'a\0b\ud800c')).toBe('ab\uFFFDc');
  });
});

describe('a person', () => {
  it.each([null, undefined, 'Ada', {}])('is unknown for %j', (value) => {
    expect(person.parse(value)).toBeNull();
  });
});

describe('reading a body', () => {
  it('names paths and expectations of what is wrong, never a value', () => {
    const schema = z.object({ a: z.object({ at: word }), b: uuid });
    const attempt = () => read(schema, { a: { at: '' }, b: 'canary value' }, 'repo:push');
    expect(attempt).toThrow(
      new UnreadablePayload({
        eventKey: 'repo:push',
        problems: ['a.at: expected a text that is not empty', 'b: expected a UUID'],
      }),
    );
    expect(attempt).not.toThrow('canary');
  });

  it('takes missing, null and misunderstood for unknown where it may be', () => {
    const schema = z.object({ a: orNull(uuid), b: orNull(word), c: inside('d', word) });
    expect(read(schema, { b: 7, c: 'no object' })).toEqual({ a: null, b: null, c: null });
    expect(read(schema, { c: { d: 'x', e: 1 } })).toEqual({ a: null, b: null, c: 'x' });
  });
});
