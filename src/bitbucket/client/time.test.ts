import { toInstant } from './time';

describe('a time of Bitbucket', () => {
  const whole = Date.UTC(2021, 7, 5, 5, 5, 46);

  it.each([
    ['without a fraction', '2021-08-05T05:05:46+00:00', whole],
    ['six digits with an offset', '2021-08-05T05:05:46.992571+00:00', whole + 992],
    ['six digits with Z', '2021-08-05T05:05:46.992571Z', whole + 992],
    ['five digits with Z', '2021-08-05T05:05:46.99257Z', whole + 992],
    ['nine digits with Z', '2021-08-05T05:05:46.992571123Z', whole + 992],
    ['three digits without a zone, which is UTC', '2021-08-05T05:05:46.992', whole + 992],
  ])('is understood %s', (_form, text, at) => {
    expect(toInstant(text)).toBe(at);
  });

  it('cuts digits after the milliseconds and never rounds them up', () => {
    expect(toInstant('2021-08-05T05:05:46.999999Z')).toBe(whole + 999);
    expect(toInstant('2021-08-05T05:05:46.9Z')).toBe(whole + 900);
  });

  it('is the same moment in any offset', () => {
    expect(toInstant('2021-08-05T18:05:46+13:00')).toBe(whole);
    expect(toInstant('2021-08-04T21:05:46-08:00')).toBe(whole);
    expect(toInstant('2021-08-05T10:35:46+0530')).toBe(whole);
  });

  it.each([
    '',
    'yesterday',
    '2021-08-05',
    '2021-02-30T00:00:00Z',
    '2021-13-01T00:00:00Z',
    '2021-08-05T24:00:00Z',
    '2021-08-05T05:60:00Z',
    '2021-08-05T05:05:46+24:00',
    '2021-08-05T05:05:46.Z',
    'Thu, 05 Aug 2021 05:05:47 GMT',
    '1628139946',
  ])('is never %j', (text) => {
    expect(toInstant(text)).toBeNull();
  });
});
