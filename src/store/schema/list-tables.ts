import type { Table } from '../database/table';

/** The tables among what a file, imported whole, defines. */
export function listTables(definitions: object): Table[] {
  return Object.values(definitions as Readonly<Record<string, unknown>>).filter(isTable);
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && 'columns' in value && 'key' in value;
}
