import { Refusal } from './refusal';
import { parseQuery, sortBy, type FieldReader } from './query-language';

interface Item {
  readonly state: string;
  readonly at: number;
  readonly draft: boolean;
}

const read: FieldReader<Item> = (item, field) => (field in item ? item[field as keyof Item] : undefined);
const items: readonly Item[] = [
  { state: 'OPEN', at: Date.UTC(2026, 0, 3), draft: true },
  { state: 'MERGED', at: Date.UTC(2026, 0, 1), draft: false },
  { state: 'DECLINED', at: Date.UTC(2026, 0, 2), draft: false },
];

function find(query: string): string[] {
  return items.filter(parseQuery(query, read)).map(({ state }) => state);
}

describe('The query language', () => {
  it.each([
    ['state="OPEN"', ['OPEN']],
    ['state = "OPEN" OR state = "MERGED"', ['OPEN', 'MERGED']],
    ['(state="OPEN" OR state="MERGED") AND at > 2026-01-02T00:00:00+00:00', ['OPEN']],
    ['at >= "2026-01-02"', ['OPEN', 'DECLINED']],
    ['at < 2026-01-02', ['MERGED']],
    ['state != "OPEN" and draft = false', ['MERGED', 'DECLINED']],
    ['state IN ("OPEN", "DECLINED")', ['OPEN', 'DECLINED']],
    ['state NOT IN ("OPEN")', ['MERGED', 'DECLINED']],
    ['state ~ "erg"', ['MERGED']],
    ['state !~ "E"', []],
  ])('understands %s', (query, found) => {
    expect(find(query)).toStrictEqual(found);
  });

  it.each(['state=', 'state "OPEN"', '(state="OPEN"', 'wrong="x"', 'at > "no date"', 'state="a" state="b"'])(
    'refuses %s',
    (query) => {
      expect(() => find(query)).toThrow(Refusal);
    },
  );

  it('orders by a field, either way, and refuses unknown ones', () => {
    expect(sortBy(items, 'at', read).map(({ state }) => state)).toStrictEqual(['MERGED', 'DECLINED', 'OPEN']);
    expect(sortBy(items, '-at', read).map(({ state }) => state)).toStrictEqual(['OPEN', 'DECLINED', 'MERGED']);
    expect(() => sortBy(items, 'wrong', read)).toThrow(Refusal);
  });
});
