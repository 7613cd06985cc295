/** Rows of RFC 4180 text by the names in its header. */
export function readCsv(text: string): Record<string, string>[] {
  const cells = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)];
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of cells) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',') rows.push([]);
  }
  const [header = [], ...others] = rows.slice(0, -1);
  return others.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
}
