import { Refusal } from './refusal';

/** What a field can be compared as; instants are milliseconds. */
export type FieldValue = string | number | boolean | null;
/** The value of a field of an item; `undefined` when items have no such field. */
export type FieldReader<T> = (item: T, field: string) => FieldValue | undefined;

type Test<T> = (item: T) => boolean;

interface Reading<T> {
  readonly tokens: readonly string[];
  place: number;
  readonly read: FieldReader<T>;
}

const tokenPattern = /\s*(\(|\)|,|"(?:[^"\\]|\\.)*"|!=|!~|>=|<=|[=~<>]|[^\s()=!~<>,"]+)/uy;

/** Bitbucket's `q`: comparisons joined by AND and OR, with parentheses. A fault in it is a 400. */
export function parseQuery<T>(text: string, read: FieldReader<T>): Test<T> {
  const reading: Reading<T> = { tokens: tokenise(text), place: 0, read };
  const test = readAny(reading);
  if (reading.place < reading.tokens.length) {
    throw new Refusal(400, `Invalid query: unexpected '${reading.tokens[reading.place] ?? ''}'`);
  }
  return test;
}

function tokenise(text: string): string[] {
  const tokens: string[] = [];
  const rest = text.trimEnd();
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < rest.length) {
    const at = tokenPattern.lastIndex;
    const found = tokenPattern.exec(rest);
    if (found?.[1] === undefined) {
      throw new Refusal(400, `Invalid query near '${rest.slice(at, at + 20)}'`);
    }
    tokens.push(found[1]);
  }
  return tokens;
}

function take<T>(reading: Reading<T>): string {
  const token = reading.tokens[reading.place];
  if (token === undefined) {
    throw new Refusal(400, 'Invalid query: it ends too early');
  }
  reading.place += 1;
  return token;
}

function isNext<T>(reading: Reading<T>, word: string): boolean {
  const isIt = reading.tokens[reading.place]?.toUpperCase() === word;
  reading.place += isIt ? 1 : 0;
  return isIt;
}

function readAny<T>(reading: Reading<T>): Test<T> {
  const tests = [readAll(reading)];
  while (isNext(reading, 'OR')) {
    tests.push(readAll(reading));
  }
  return (item) => tests.some((test) => test(item));
}

function readAll<T>(reading: Reading<T>): Test<T> {
  const tests = [readOne(reading)];
  while (isNext(reading, 'AND')) {
    tests.push(readOne(reading));
  }
  return (item) => tests.every((test) => test(item));
}

function readOne<T>(reading: Reading<T>): Test<T> {
  if (isNext(reading, '(')) {
    const inner = readAny(reading);
    if (!isNext(reading, ')')) {
      throw new Refusal(400, "Invalid query: ')' is missing");
    }
    return inner;
  }
  return readComparison(reading);
}

function readComparison<T>(reading: Reading<T>): Test<T> {
  const field = take(reading);
  const operator = take(reading).toUpperCase();
  if (operator === 'IN' || operator === 'NOT') {
    return readMembership(reading, field, operator === 'NOT');
  }
  const compare = comparisons[operator];
  if (compare === undefined) {
    throw new Refusal(400, `Invalid query: unknown operator '${operator}'`);
  }
  const wanted = toValue(take(reading));
  return (item) => compare(readField(reading, item, field), wanted);
}

function readMembership<T>(reading: Reading<T>, field: string, isNegated: boolean): Test<T> {
  if ((isNegated && !isNext(reading, 'IN')) || !isNext(reading, '(')) {
    throw new Refusal(400, 'Invalid query: a list is missing');
  }
  const wanted = [toValue(take(reading))];
  while (isNext(reading, ',')) {
    wanted.push(toValue(take(reading)));
  }
  if (!isNext(reading, ')')) {
    throw new Refusal(400, "Invalid query: ')' is missing");
  }
  return (item) => {
    const value = readField(reading, item, field);
    return wanted.some((one) => isEqual(value, one)) !== isNegated;
  };
}

function readField<T>(reading: Reading<T>, item: T, field: string): FieldValue {
  const value = reading.read(item, field);
  if (value === undefined) {
    throw new Refusal(400, `Invalid field '${field}'`);
  }
  return value;
}

function toValue(token: string): FieldValue {
  if (token.startsWith('"')) {
    return token.slice(1, -1).replaceAll(/\\(.)/gu, '$1');
  }
  const words: Record<string, FieldValue> = { true: true, false: false, null: null };
  const word = words[token.toLowerCase()];
  const number = Number(token);
  return word ?? (token.toLowerCase() === 'null' ? null : Number.isNaN(number) ? token : number);
}

/** Instants are compared with ISO 8601 texts. */
function align(value: FieldValue, wanted: FieldValue): FieldValue {
  if (typeof value === 'number' && typeof wanted === 'string') {
    const instant = Date.parse(wanted);
    if (Number.isNaN(instant)) {
      throw new Refusal(400, `Invalid date '${wanted}'`);
    }
    return instant;
  }
  return wanted;
}

function isEqual(value: FieldValue, wanted: FieldValue): boolean {
  return value === align(value, wanted);
}

function isLess(value: FieldValue, wanted: FieldValue): boolean {
  const other = align(value, wanted);
  return value !== null && other !== null && value < other;
}

function contains(value: FieldValue, wanted: FieldValue): boolean {
  return String(value).toLowerCase().includes(String(wanted).toLowerCase());
}

const comparisons: Record<string, (value: FieldValue, wanted: FieldValue) => boolean> = {
  '=': isEqual,
  '!=': (value, wanted) => !isEqual(value, wanted),
  '~': contains,
  '!~': (value, wanted) => !contains(value, wanted),
  '<': isLess,
  '>=': (value, wanted) => value !== null && !isLess(value, wanted),
  '<=': (value, wanted) => isLess(value, wanted) || isEqual(value, wanted),
  '>': (value, wanted) => value !== null && !isLess(value, wanted) && !isEqual(value, wanted),
};

/** Orders a copy of the items by one field; a leading minus turns the order round. */
export function sortBy<T>(items: readonly T[], sort: string, read: FieldReader<T>): T[] {
  const isDescending = sort.startsWith('-');
  const field = isDescending ? sort.slice(1) : sort;
  const first = items[0];
  if (first !== undefined && read(first, field) === undefined) {
    throw new Refusal(400, `Invalid sort field '${field}'`);
  }
  const keyed = items.map((item) => ({ item, key: read(item, field) ?? '' }));
  keyed.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
  return (isDescending ? keyed.reverse() : keyed).map(({ item }) => item);
}
