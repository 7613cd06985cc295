import type { Person } from '../people/person';

/** The accounts that are bots, and by which rule (docs/definitions.md, 6.2). All uuids with braces. */
export interface Bots {
  readonly all: ReadonlySet<string>;
  /** For each pattern the accounts of type `user` that it names, in the given order; one may be named by several. */
  readonly byPattern: ReadonlyMap<string, readonly string[]>;
  /** Whose type is not `user`: bots whatever they are called. */
  readonly byType: readonly string[];
}

/** An account that is not of the type `user` is a bot anyway; these name those that look like people. */
export const defaultBotPatterns: readonly string[] = ['*[bot]', '*-bot', '*_bot', '* bot'];

export const mostBotPatterns = 50;
const longestPattern = 100;

export function findBots(people: readonly Person[], patterns: readonly string[]): Bots {
  const byType = people.filter(({ type }) => type !== 'user').map(({ uuid }) => uuid);
  const users = people.filter(({ type }) => type === 'user');
  const byPattern = new Map(
    patterns.map((pattern) => [
      pattern,
      users.filter(({ displayName }) => matchesPattern(displayName, pattern)).map(({ uuid }) => uuid),
    ]),
  );
  return { all: new Set([...byType, ...[...byPattern.values()].flat()]), byPattern, byType };
}

/** Whether a whole display name fits a pattern: `*` is any text, also none; case does not matter. No name fits none. */
export function matchesPattern(name: string | null, pattern: string): boolean {
  if (name === null) {
    return false;
  }
  const [text, parts] = [name.toLowerCase(), pattern.toLowerCase().split('*')];
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) {
    return text === first;
  }
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) {
    return false;
  }
  // Each middle part at its earliest place leaves the most room for the next: no need to try others.
  const middle = text.slice(first.length, text.length - last.length);
  let from = 0;
  return parts.slice(1, -1).every((part) => {
    const at = middle.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}

/** Why a pattern cannot be used, in words for a person; `null` when it can. */
export function findPatternProblem(pattern: string): string | null {
  const length = Array.from(pattern).length;
  if (length > longestPattern) {
    return `A pattern has at most ${longestPattern} characters; "${Array.from(pattern).slice(0, 60).join('')}…" has ${length}.`;
  }
  if (/\p{Cc}/u.test(pattern)) {
    return 'A pattern has no control characters.';
  }
  return /[^\s*]/u.test(pattern) ? null : `A pattern names a part of a name; "${pattern}" would make everybody a bot.`;
}
