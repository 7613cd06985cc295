import type { Deployment } from '../../domain/deployments/deployment';
import { formatDeployId, type DeployIdParts } from '../../domain/deployments/deploy-id';
import { listLeads } from '../../domain/columns/day-runs';
import type { MonthColumns } from '../../domain/columns/month-columns';
import { toStarts } from '../../domain/columns/narrow';
import { toDeploymentItem } from '../delivery/delivery-rows';
import { selectNamed, type Role } from '../delivery/select-named';
import type { DerivedMerge } from '../facts/derive-rows';
import type { VisibleFilter } from '../filter/delivery-filter';
import { toSelection } from '../filter/selection';
import type { Part } from '../reviews/merged-points';
import { nameAuthor } from '../version/named-person';
import { pickColumns, type WorkspaceVersion } from '../version/workspace-version';
import { createIsNamed, openColumnRows, rankSystems } from './column-rows';
import { openMergeList, type MergeListParts } from './merge-list';
import { findDeploymentMarks, listCorrectionsOf, listLeftOutBy } from './row-marks';
import type { DeploymentRow, RowList, RowNumber } from './row-list';

const leavesOut = ['leave_out_deployment', 'leave_out_pull_request'] as const;

/** The deployments of a filter, those left out by hand marked; `role`: those alone that a share counts. */
export function openDeploymentList(
  version: WorkspaceVersion,
  filter: VisibleFilter,
  role: Role | null = null,
): RowList<DeploymentRow> {
  const selection = toSelection(filter, version.known.settings);
  const counted = pickColumns(version, filter);
  const leftOut = role === null ? listLeftOutBy(version, filter, leavesOut) : new Set<string>();
  const columns = leftOut.size === 0 ? counted : version.known.getRaw();
  const rows = openColumnRows(columns, selection, ({ deployments }) => deployments);
  const places = role === null ? null : rows.pick(createIsNamed(columns, listNamed(version, role, filter)));
  const ranks = rankSystems(columns, version.systems);
  const parts: MergeListParts<DeploymentRow> = {
    ...{ version, columns, rows, places, leftOut },
    toNumbers: (key) => toNumbers(key, ranks),
    readRows: (keys) => readRows(version, keys, { isRaw: filter.isRaw, leftOut }),
  };
  return openMergeList(parts);
}

function listNamed(version: WorkspaceVersion, role: Role, filter: VisibleFilter): DeployIdParts[] {
  const named = selectNamed(pickColumns(version, filter), role, toSelection(filter, version.known.settings));
  return Array.from({ length: named.count }, (_, index) => named.at(index));
}

/** `null`: this list has no such numbers. */
function toNumbers(key: RowNumber, ranks: Float64Array): ((part: Part) => Float64Array) | null {
  switch (key) {
    case 'time':
      return ({ month, rows }) => Float64Array.from(rows, (row) => month.startAt + (month.deployments.at[row] ?? 0));
    case 'repository':
      return ({ month, rows }) => Float64Array.from(rows, (row) => ranks[month.deployments.system[row] ?? 0] ?? 0);
    case 'commits':
      return ({ month, rows }) => Float64Array.from(rows, (row) => countCommits(month, row));
    case 'lead':
      return readLeads;
    default:
      return null;
  }
}

/** NaN: they could not be read. */
function countCommits({ deployments }: MonthColumns, row: number): number {
  const { isComplete, changeCount, excludedCount } = deployments;
  return isComplete[row] === 1 ? (changeCount[row] ?? 0) + (excludedCount[row] ?? 0) : Number.NaN;
}

/** From the first commit of each to its deployment, in milliseconds. */
function readLeads({ month, rows }: Part): Float64Array {
  const { changeCount, days } = month.deployments;
  const [leads, starts] = [listLeads(days), toStarts(changeCount)];
  return Float64Array.from(rows, (row) => {
    let longest = Number.NaN;
    for (let index = starts[row] ?? 0; index < (starts[row + 1] ?? 0); index += 1) {
      const lead = leads[index] ?? Number.NaN;
      if (!(lead <= longest)) longest = lead;
    }
    return longest;
  });
}

interface Reading {
  readonly isRaw: boolean;
  readonly leftOut: ReadonlySet<string>;
}

async function readRows(
  version: WorkspaceVersion,
  keys: readonly DeployIdParts[],
  { isRaw, leftOut }: Reading,
): Promise<DeploymentRow[]> {
  // As they came: of what is left out the others say nothing.
  const read = await version.merges.read(keys, { isRaw: true });
  const toMarks = findDeploymentMarks(version, keys, { isRaw });
  const toRow = ({ recorded, row }: DerivedMerge): DeploymentRow[] => {
    if (row.deployment === null) return [];
    const id = formatDeployId(recorded);
    const marks = toMarks(recorded);
    return [
      {
        ...{ id, title: recorded.title, branch: recorded.sourceBranch },
        item: toDeploymentItem(row.deployment, version.systems),
        author: nameAuthor(version, recorded.authorUuid),
        corrections: isRaw ? [] : listCorrectionsOf(version, [id]),
        isLeftOut: leftOut.has(id),
        ...marks,
        leadTime: findLeadTime(row.deployment),
      },
    ];
  };
  return read.flatMap(toRow);
}

/** The first commit of a deployment is that of the earliest author date, unless all are dated after it. */
function findLeadTime({ changes, createdAt }: Deployment): number | null {
  const first = changes.reduce((least, change) => Math.min(least, change.createdAt), Infinity);
  return first <= createdAt ? (createdAt - first) / 1000 : null;
}
