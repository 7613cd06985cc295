import { z } from 'zod';
import { buildUserPayload } from '../../../test/support/fakes/bitbucket-payloads';
import { UnreadablePayload } from './errors';
import { hash, inside, orNull, person, read, text, uuid, word } from './payload';

describe('a UUID', () => {
  it('gets braces and lower case, however it came', () => {
    expect(read(uuid, '{AAAAAAAA-0000-4000-8000-00000000000F}')).toBe('{aaaaaaaa-0000-4000-8000-00000000000f}');
    expect(read(uuid, 'aaaaaaaa-0000-4000-8000-00000000000f')).toBe('{aaaaaaaa-0000-4000-8000-00000000000f}');
  });

  it.each(['', '{}', '{{a}}', '{target_user.uuid}', '{a b}', 7, null])('is not %j', (value) => {
    expect(() => read(uuid, value)).toThrow(UnreadablePayload);
  });
});

describe('a hash', () => {
  it('has 12, 39 or 40 characters and is written in lower case', () => {
    const full = '0704fc5beccc4d0a9f6e5d4c3b2a190817263544';
    expect(read(hash, full.toUpperCase())).toBe(full);
    expect(read(hash, full.slice(0, 39))).toBe(full.slice(0, 39));
    expect(read(hash, full.slice(0, 12))).toBe(full.slice(0, 12));
  });

  it.each(['', 'main', '0704fc', '0704fc5beccg', '../../user', null])('is not %j', (value) => {
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
  it('is read from an account', () => {
    expect(person.parse(buildUserPayload())).toEqual({
      uuid: '{aaaaaaaa-0000-4000-8000-000000000001}',
      displayName: 'Ada',
      accountId: '557058:aaaa-0001',
      type: 'user',
    });
  });

  it('is a user where the type is missing, and stays a team or an app where it is not', () => {
    expect(person.parse(buildUserPayload({ type: undefined }))?.type).toBe('user');
    expect(person.parse(buildUserPayload({ type: 'team' }))?.type).toBe('team');
    expect(person.parse(buildUserPayload({ type: 'app_user' }))?.type).toBe('app_user');
  });

  it('who was deleted keeps the UUID', () => {
    expect(person.parse(buildUserPayload({ display_name: 'Former user', account_id: '' }))).toMatchObject({
      uuid: '{aaaaaaaa-0000-4000-8000-000000000001}',
      displayName: 'Former user',
      accountId: null,
    });
  });

  it.each([null, undefined, 'Ada', {}, buildUserPayload({ uuid: '{}' }), buildUserPayload({ uuid: undefined })])(
    'is unknown for %j',
    (value) => {
      expect(person.parse(value)).toBeNull();
    },
  );
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
