import type { MonthColumns, Rows, WorkspaceColumns } from '../../../src/domain/columns/month-columns';
import type { Names } from '../../../src/domain/columns/names';
import { readPacked, type PackedColumn } from '../../../src/domain/columns/packed-column';
import { formatDeployId } from '../../../src/domain/deployments/deploy-id';
import { incidentSources } from '../../../src/domain/incidents/incident';
import { mapPhases } from '../../../src/domain/reviews/phase-ledger';
import { mapReviewMetrics } from '../../../src/domain/reviews/review-metrics';

/** Columns as plain values, by names instead of numbers: of two that say the same they are equal. */
export function describeColumns({ names, timezone, months, incidents }: WorkspaceColumns) {
  return {
    timezone,
    months: months.map((month) => describeMonth(month, names)),
    incidents: [...incidents].flatMap(([system, some]) =>
      [...some.number].map((number, index) => ({
        incidentId: toId(names, system, number),
        createdAt: some.createdAt[index],
        resolvedAt: some.resolvedAt[index],
        source: incidentSources[some.source[index] ?? 0],
        deployId:
          some.blamed.number[index] === 0
            ? null
            : toId(names, some.blamed.system[index] ?? 0, some.blamed.number[index] ?? 0),
      })),
    ),
  };
}

function toId({ systems }: Names, system: number, number: number): string {
  return formatDeployId({ repositoryUuid: systems[system] ?? '', number });
}

function describeMonth({ month, startAt, merges, deployments }: MonthColumns, names: Names) {
  const proofs = [...merges.proofs.row];
  return {
    month,
    startAt,
    merges: listRows(merges, startAt, names).map((row, index) => ({
      ...row,
      ...mapReviewMetrics((key) => readPacked(merges.metrics[key], index)),
      ...mapPhases((phase) => readPacked(merges.phases[phase], index)),
      proof: proofs.flatMap((own, place) =>
        own === index
          ? [[merges.proofs.source[place], merges.proofs.revertedNumber[place], merges.proofs.startedAt[place]]]
          : [],
      ),
    })),
    deployments: listRows(deployments, startAt, names).map((row, index) => ({
      ...row,
      changes: deployments.changeCount[index],
      excluded: deployments.excludedCount[index],
    })),
    days: {
      startAt: [...deployments.days.startAt],
      rowStart: [...deployments.days.rowStart],
      leadStart: [...deployments.days.leadStart],
      leadTimes: listNumbers(deployments.days.leadTimes),
      leadPlace: [...deployments.days.leadPlace],
    },
  };
}

function listRows({ count, at, system, teamSet, number, isComplete }: Rows, startAt: number, names: Names) {
  return Array.from({ length: count }, (_, row) => ({
    at: startAt + (at[row] ?? 0),
    system: names.systems[system[row] ?? 0],
    number: number[row],
    teams: names.teamSets[teamSet[row] ?? 0],
    isComplete: isComplete[row] === 1,
  }));
}

function listNumbers(column: PackedColumn): number[] {
  return Array.from(column.values, (_value, row) => readPacked(column, row));
}
