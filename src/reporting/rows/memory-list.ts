import type { RowList, RowNumber, RowTotals } from './row-list';

/** What a list is made of that is in memory as it is. */
export interface MemoryListParts<Fact, Row> {
  /** Newest first. */
  readonly facts: readonly Fact[];
  /** `null`: not known; `undefined`: not known to this list. */
  readonly toNumber: (fact: Fact, key: RowNumber) => number | null | undefined;
  readonly toRows: (facts: readonly Fact[]) => Promise<readonly Row[]>;
  readonly isLeftOut: (fact: Fact) => boolean;
  readonly findFacts: (text: string) => Promise<(fact: Fact) => boolean>;
  /** Incidents that are over. */
  readonly isResolved?: (fact: Fact) => boolean;
}

export function openMemoryList<Fact, Row>(parts: MemoryListParts<Fact, Row>): RowList<Row> {
  const { facts, toNumber, toRows, findFacts } = parts;
  const pick = (places: readonly number[]) => places.flatMap((place) => facts.slice(place, place + 1));
  return {
    count: facts.length,
    readNumbers: (key) => Float64Array.from(facts, (fact) => toNumber(fact, key) ?? Number.NaN),
    readRows: async (places) => toRows(pick(places)),
    computeTotals: (places) => computeTotals(parts, places === null ? facts : pick(places)),
    find: async (text) => {
      const isFound = await findFacts(text);
      return { places: facts.flatMap((fact, place) => (isFound(fact) ? [place] : [])), among: null };
    },
  };
}

function computeTotals<Fact>(
  { isLeftOut, isResolved, toNumber }: MemoryListParts<Fact, unknown>,
  facts: readonly Fact[],
): RowTotals {
  const counted = facts.filter((fact) => !isLeftOut(fact));
  const sum = (key: RowNumber) =>
    counted.some((fact) => toNumber(fact, key) !== undefined)
      ? counted.reduce((total, fact) => total + (toNumber(fact, key) ?? 0), 0)
      : null;
  return {
    rows: counted.length,
    leftOut: facts.length - counted.length,
    commits: null,
    lines: sum('lines'),
    resolved: isResolved === undefined ? null : counted.filter(isResolved).length,
  };
}

/** The rank of each by a text, as people read it; `null` stands last. */
export function rankByText<Fact>(
  facts: readonly Fact[],
  toText: (fact: Fact) => string | null,
): (fact: Fact) => number | null {
  const texts = [...new Set(facts.map(toText))].filter((text) => text !== null);
  const ranks = new Map(texts.sort(new Intl.Collator('en').compare).map((text, rank) => [text, rank]));
  return (fact) => ranks.get(toText(fact) ?? '') ?? null;
}
