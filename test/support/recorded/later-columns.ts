import { formatCsv } from '../../../src/reporting/csv/csv';
import { readCsv } from '../facts/read-csv';
import type { Ask } from './ask-everything';

interface GrownFile {
  readonly address: RegExp;
  /** The columns that it has got since. */
  readonly later: RegExp;
  /** It was listed oldest first. */
  readonly isReordered: boolean;
}

/** Files of pages that tell more than they did when they were recorded. */
const grown: readonly GrownFile[] = [
  {
    address: /^\/pages\/work-in-progress\?/u,
    later: /^(?:waits_for|waits_for_whom|waiting_since|time_waiting|usual_time|usual_of|over_usual|aside)$/u,
    isReordered: true,
  },
  {
    address: /^\/pages\/workspace\?.*table=systems/u,
    later: /_(?:before|change|movement)$/u,
    isReordered: false,
  },
];

/** The same answers with the columns, and in the order, that they had: what was there must stay as it was. */
export function withoutLaterColumns(ask: Ask): Ask {
  return async (address) => {
    const answer = await ask(address);
    const file = grown.find((one) => one.address.test(address));
    return file === undefined || answer.status !== 200 ? answer : { ...answer, text: toFormer(answer.text, file) };
  };
}

function toFormer(text: string, { later, isReordered }: GrownFile): string {
  const [head = ''] = text.split('\r\n');
  const columns = head.split(',').filter((column) => !later.test(column));
  const rows = readCsv(text);
  return formatCsv(columns, isReordered ? rows.toSorted(compareOpenings) : rows);
}

type Row = Readonly<Record<string, string>>;

function compareOpenings(one: Row, other: Row): number {
  return toOpening(one) < toOpening(other) ? -1 : 1;
}

function toOpening(row: Row): string {
  return `${row['opened_at'] ?? ''} ${row['system_uuid'] ?? ''}/pullrequests/${row['id'] ?? ''}`;
}
