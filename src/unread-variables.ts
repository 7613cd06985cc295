import { readVariables, type Environment } from './settings';

/** A variable that somebody has set for Drumbeat, in vain. */
interface UnreadVariable {
  readonly variable: string;
  /** What was probably meant. */
  readonly likely: string | null;
  /** For the log; values are never part of it. */
  readonly sentence: string;
}

/** What begins like this was meant for us, however far from any name. */
const ourPrefixes = ['BITBUCKET_', 'IMPORT_', 'RECONCILE_', 'RETENTION_', 'ENCRYPTION_', 'DRUMBEAT_'];
/** Common names of others that are one letter away from a name of ours. */
const namesOfOthers = new Set(['API_KEY', 'NODE_ENV', 'AC_OPTS']);
/** How far a name with one of our prefixes may be from what was meant. */
const farthest = 5;

const plainNames: readonly string[] = readVariables.map(({ name }) => name);
const fileNames = readVariables.filter(({ isSecret }) => isSecret).map(({ name }) => `${name}_FILE`);
const readNames = [...plainNames, ...fileNames];

/** What is set and not read, as far as it seems to be meant for us: most of an environment is not. */
export function findUnreadVariables(environment: Environment): readonly UnreadVariable[] {
  return Object.keys(environment)
    .filter((name) => isSet(environment, name))
    .toSorted()
    .flatMap((name) => judge(name, environment) ?? []);
}

const isSet = (environment: Environment, name: string): boolean => (environment[name] ?? '') !== '';

function judge(name: string, environment: Environment): UnreadVariable | null {
  if (readNames.includes(name)) return judgeRead(name, environment);
  if (namesOfOthers.has(name) || isOfOthers(name, environment)) return null;
  const plain = name.replace(/_FILE$/u, '');
  if (plainNames.includes(plain)) {
    return {
      variable: name,
      likely: plain,
      sentence: `${name} is set, but only secrets are read from files: set ${plain}.`,
    };
  }
  return judgeUnknown(name);
}

function judgeRead(name: string, environment: Environment): UnreadVariable | null {
  const plain = name.replace(/_FILE$/u, '');
  if (plain === name || !isSet(environment, plain)) return null;
  return { variable: name, likely: null, sentence: `${name} is not read, because ${plain} is set too: leave one out.` };
}

/** Pipelines of Bitbucket and links of Kubernetes set dozens of variables that begin as ours do. */
function isOfOthers(name: string, environment: Environment): boolean {
  const isPipeline = environment['BITBUCKET_BUILD_NUMBER'] !== undefined && name.startsWith('BITBUCKET_');
  return isPipeline || /_(?:SERVICE|PORT)_/u.test(name) || /^(?:tcp|udp):/u.test(environment[name] ?? '');
}

function judgeUnknown(name: string): UnreadVariable | null {
  const written = name.toUpperCase().replace(/^DRUMBEAT_/u, '');
  const isOurs = ourPrefixes.some((prefix) => name.toUpperCase().startsWith(prefix));
  const distances = readNames.map((known) => ({
    known,
    // Of a name that is ours without doubt, the beginning is as good as the whole.
    distance: isOurs && known.startsWith(`${written}_`) ? 1 : countSlips(written, known),
  }));
  const nearest = distances.reduce((best, next) => (next.distance < best.distance ? next : best));
  const likely = nearest.distance <= (isOurs ? farthest : countTolerated(nearest.known)) ? nearest.known : null;
  if (likely === null && !isOurs) return null;
  const hint = likely === null ? 'the README lists those that are.' : `is ${likely} meant?`;
  return { variable: name, likely, sentence: `${name} is set, but no variable of this name is read: ${hint}` };
}

/** One slip in a short name, three in a long one. */
const countTolerated = (known: string): number => Math.min(3, Math.max(1, Math.floor(known.length / 4)));

/** Letters added, left out, replaced, or exchanged with their neighbour (optimal string alignment). */
function countSlips(one: string, other: string): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = at(last, column - 1) + (one[row - 1] === other[column - 1] ? 0 : 1);
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const swapped = isSwap ? at(before, column - 2) + 1 : Infinity;
      next.push(Math.min(at(last, column) + 1, at(next, column - 1) + 1, replaced, swapped));
    }
    before = last;
    last = next;
  }
  return at(last, other.length);
}

/** Outside of the table is farther than anything in it. */
const at = (line: readonly number[], column: number): number => line[column] ?? Infinity;
