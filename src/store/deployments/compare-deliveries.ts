import type { Deployment } from '../../domain/deployments/deployment';
import type { Incident } from '../../domain/incidents/incident';
import type { DeliveryRows } from './delivery-store';
import { toChangeRows, toDeploymentRow, toIncidentRow, toTeamRows } from './delivery-tables';

/** What differs between the rows of a workspace and what counts; empty where they agree. */
export interface DeliveryDifference {
  readonly table: 'deployments' | 'deployment_changes' | 'deployment_teams' | 'incidents';
  /** Rows that should be there. */
  readonly missing: number;
  /** Rows that should not be there, or not as they are. */
  readonly wrong: number;
}

/** Compares the rows as they stand with those that the given deployments and incidents would make. */
export function compareDeliveries(
  rows: DeliveryRows,
  counted: { readonly deployments: readonly Deployment[]; readonly incidents: readonly Incident[] },
  workspace: string,
): DeliveryDifference[] {
  const { deployments, incidents } = counted;
  const pairs = [
    ['deployments', rows.deployments, deployments.map((one) => toDeploymentRow(workspace, one))],
    ['deployment_changes', rows.changes, deployments.flatMap((one) => toChangeRows(workspace, one))],
    ['deployment_teams', rows.teams, deployments.flatMap((one) => toTeamRows(workspace, one))],
    ['incidents', rows.incidents, incidents.map((one) => toIncidentRow(workspace, one))],
  ] as const;
  return pairs
    .map(([table, found, wanted]) => ({ table, ...compare(found, wanted) }))
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
