import { deploymentChanges, deployments, deploymentTeams, incidents } from '../schema/deliveries';
import { toDeliveryRows, type Deliveries, type DeliveryRows } from './delivery-rows';

/** What differs between the rows of a workspace and what counts; empty where they agree. */
export interface DeliveryDifference {
  readonly table: string;
  /** Rows that should be there. */
  readonly missing: number;
  /** Rows that should not be there, or not as they are. */
  readonly wrong: number;
}

const tables = { deployments, changes: deploymentChanges, teams: deploymentTeams, incidents };

/** Compares the rows as they stand with those that the given deployments and incidents would make. */
export function compareDeliveries(rows: DeliveryRows, counted: Deliveries, workspace: string): DeliveryDifference[] {
  const wanted = toDeliveryRows(workspace, counted);
  return (['deployments', 'changes', 'teams', 'incidents'] as const)
    .map((part) => ({ table: tables[part].name, ...compare(rows[part], wanted[part]) }))
    .filter(({ missing, wrong }) => missing + wrong > 0);
}

function compare(found: readonly object[], wanted: readonly object[]): { missing: number; wrong: number } {
  const [stored, expected] = [new Set(found.map(toText)), new Set(wanted.map(toText))];
  return { missing: countOutside(expected, stored), wrong: countOutside(stored, expected) };
}

/** A row as text, whatever the order of its columns. */
function toText(row: object): string {
  return JSON.stringify(Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function countOutside(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  return [...some].filter((one) => !others.has(one)).length;
}
