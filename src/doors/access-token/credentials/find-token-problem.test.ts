import { toAuthorization } from './credentials';
import { findTokenProblem, trimToken } from './find-token-problem';

const token = 'ATCTT3xFfGN0abcdef=1234ABCD';
const sentenceOf = (given: string, email: string | null = null) => findTokenProblem({ token: given, email })?.sentence;

describe('A token as it is given', () => {
  it('may be an access token, or the API token of a person with an e-mail address', () => {
    expect(sentenceOf(token)).toBeUndefined();
    expect(sentenceOf('ATATT3xFfGF0abcdef', 'ada@example.com')).toBeUndefined();
    expect(sentenceOf('any-other-form-1234')).toBeUndefined();
    expect(toAuthorization({ token, email: null })).toBe(`Bearer ${token}`);
    expect(toAuthorization({ token: 't', email: 'a@b.c' })).toBe('Basic YUBiLmM6dA==');
  });

  it.each([
    ['', /empty/u],
    ['  \n', /empty/u],
    [`Bearer ${token}`, /begins with a word/u],
    [`bearer: ${token}`, /begins with a word/u],
    [`${token}\n${token}`, /line break/u],
    [`${token} `, /space/u],
    [`"${token}"`, /quotation marks/u],
    ['ATBBabcdefghijklmnop', /app password/u],
    ['short', /no token of Bitbucket/u],
    ['ATCTT3xFfGN0abc\u00e9def', /no token of Bitbucket/u],
    ['ATATT3xFfGF0abcdef', /needs the e-mail address/u],
  ])('is refused in words: %j', (given, words) => {
    expect(sentenceOf(given)).toMatch(words);
  });

  it('is refused with an address that is none, or that does not belong to it', () => {
    expect(sentenceOf('ATATT3xFfGF0abcdef', 'ada')).toBe('The e-mail address is none.');
    expect(sentenceOf(token, 'ada@example.com')).toMatch(/go without an e-mail address/u);
  });

  it('is never repeated in what is said of it, and a last line break is none of it', () => {
    const secret = 'ATBBverysecretindeed';
    expect(JSON.stringify(findTokenProblem({ token: secret, email: null }))).not.toContain('verysecret');
    expect(trimToken(`${token}\r\n`)).toBe(token);
  });
});
