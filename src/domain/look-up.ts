/**
 * What a table has under a name that somebody else chose: a word of a query, of a payload, of a file. What every object
 * inherits (`constructor`, `__proto__`, `toString`) is not in it: `table[name]` would give that.
 */
export function lookUp<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The values of each name, in order. Whatever the names are, each is a name like any other. */
export function groupValues(pairs: Iterable<readonly [name: string, value: string]>): Record<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const values = grouped.get(name);
    if (values === undefined) grouped.set(name, [value]);
    else values.push(value);
  }
  return Object.fromEntries(grouped);
}
