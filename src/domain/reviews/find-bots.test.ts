import { aPerson } from '../../../test/support/builders';
import { defaultBotPatterns, findBots, findPatternProblem, matchesPattern } from './find-bots';

describe('a pattern of names', () => {
  it.each([
    ['renovate[bot]', '*[bot]', true],
    ['Renovate[BOT]', '*[bot]', true],
    ['[bot]', '*[bot]', true],
    ['renovate[bot] two', '*[bot]', false],
    ['release-bot', '*-bot', true],
    ['Robot', '*-bot', false],
    ['Build Bot', '* bot', true],
    ['bot', 'BOT', true],
    ['bots', 'bot', false],
    ['a-b-c', 'a*b*c', true],
    ['abc', 'a*b*c', true],
    ['ac', 'a*b*c', false],
    ['aba', 'ab*ba', false],
    ['abba', 'ab*ba', true],
    ['x1y2z', '*1*2*', true],
    ['x2y1z', '*1*2*', false],
    ['aXbXb', 'a*b*b', true],
    ['aXb', 'a*b*b', false],
    ['a.b', 'a?b', false],
    ['Ünit Bot', 'ünit*', true],
    ['anything', '*', true],
  ])('may fit a name or not: "%s" and "%s", %s', (name, pattern, expected) => {
    expect(matchesPattern(name, pattern)).toBe(expected);
  });

  it('never fits an unknown name', () => {
    expect(matchesPattern(null, '*')).toBe(false);
  });

  it('is compared quickly, however it was made', () => {
    expect(matchesPattern('a'.repeat(10_000), `${'a*'.repeat(50)}b`)).toBe(false);
  });

  it.each(['', '*', ' * * ', 'x'.repeat(101)])('cannot be "%s"', (pattern) => {
    expect(findPatternProblem(pattern)).toMatch(/^A pattern .*\.$/);
  });

  it.each([...defaultBotPatterns, 'x'.repeat(100), '🤖'.repeat(100)])('can be "%s"', (pattern) => {
    expect(findPatternProblem(pattern)).toBeNull();
  });
});

it('bots are the accounts that are no users, and those that a pattern names', () => {
  const people = [
    aPerson({ uuid: '{ada}', displayName: 'Ada' }),
    aPerson({ uuid: '{app}', displayName: 'Build-Bot', type: 'app_user' }),
    aPerson({ uuid: '{release}', displayName: 'release-bot' }),
    aPerson({ uuid: '{nameless}', displayName: null }),
  ];
  const found = findBots(people, ['*-bot', 're*', 'nobody']);
  expect([...found.all]).toEqual(['{app}', '{release}']);
  expect(found.byType).toEqual(['{app}']);
  expect([...found.byPattern]).toEqual([
    ['*-bot', ['{release}']],
    ['re*', ['{release}']],
    ['nobody', []],
  ]);
});
