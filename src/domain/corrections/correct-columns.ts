import { toMonth } from '../columns/build-month';
import { changeMonth, toRowId, toSystemOfRow, type RowId } from '../columns/change-month';
import type { MergedRow } from '../columns/merged-row';
import type { MonthColumns, WorkspaceColumns } from '../columns/month-columns';
import type { Names } from '../columns/names';
import type { Correction, CorrectionKind } from './correction';
import { correctIncidents, listLinks, type LeftOut } from './correct-incidents';
import { findNamed, parseRowId, type Named } from './find-named';

interface Corrected {
  readonly columns: WorkspaceColumns;
  /** Ids of the corrections whose subject (and target) are among the facts. */
  readonly effective: ReadonlySet<string>;
}

/**
 * The columns with what administrators put right: what `applyCorrections` says of facts, said of columns. Months and
 * repositories that no correction speaks of are the same objects.
 * @param put rows that are others under these corrections: merges that wait for another deployment
 */
export function correctColumns(
  raw: WorkspaceColumns,
  corrections: readonly Correction[],
  put: readonly MergedRow[] = [],
): Corrected {
  const acting = corrections.filter(({ undoneAt }) => undoneAt === null);
  if (acting.length === 0) return { columns: raw, effective: new Set() };
  const named = findNamed(raw, acting);
  const leftOut = toLeftOut(acting, raw.names);
  const months = raw.months.flatMap((month) => correctMonth(month, { raw, leftOut, put, named }) ?? []);
  const incidents = correctIncidents(raw.incidents, { acting, named, leftOut, names: raw.names });
  return { columns: { ...raw, months, incidents }, effective: findEffective(raw, acting, named) };
}

function toLeftOut(acting: readonly Correction[], names: Names): LeftOut {
  const of = (wanted: CorrectionKind) =>
    new Set(acting.flatMap(({ kind, subject }) => (kind === wanted ? (parseRowId(subject, names)?.id ?? []) : [])));
  return {
    leave_out_pull_request: of('leave_out_pull_request'),
    leave_out_deployment: of('leave_out_deployment'),
    leave_out_incident: of('leave_out_incident'),
  };
}

interface MonthCorrection {
  readonly raw: WorkspaceColumns;
  readonly leftOut: LeftOut;
  readonly put: readonly MergedRow[];
  readonly named: Named;
}

function correctMonth(columns: MonthColumns, { raw, leftOut, put, named }: MonthCorrection): MonthColumns | null {
  const { month } = columns;
  const own = put.filter(({ mergedAt }) => toMonth(mergedAt) === month);
  const merges = leftOut.leave_out_pull_request;
  const deployments = new Set([...merges, ...leftOut.leave_out_deployment]);
  const isConcerned = [...deployments].some((id) => named.get(id)?.months.has(month) === true);
  if (!isConcerned && own.length === 0) return columns;
  return changeMonth(columns, { month, drop: { merges, deployments }, put: own }, raw);
}

function findEffective(raw: WorkspaceColumns, acting: readonly Correction[], named: Named): Set<string> {
  const inForce = new Map(listLinks(acting).map(({ subject, id }) => [subject, id]));
  const toId = (text: string | null) => parseRowId(text ?? '', raw.names)?.id ?? -1;
  const hasEffect: Readonly<Record<CorrectionKind, (correction: Correction) => boolean>> = {
    leave_out_pull_request: ({ subject }) => named.get(toId(subject))?.isMerged === true,
    leave_out_deployment: ({ subject }) => hasDeployment(named, toId(subject)),
    leave_out_incident: ({ subject }) => hasIncident(raw, toId(subject)),
    link_incident: ({ id, subject, target }) =>
      hasIncident(raw, toId(subject)) && inForce.get(subject) === id && hasDeployment(named, toId(target)),
  };
  return new Set(acting.filter((correction) => hasEffect[correction.kind](correction)).map(({ id }) => id));
}

function hasDeployment(named: Named, id: RowId): boolean {
  return (named.get(id)?.deployment ?? null) !== null;
}

function hasIncident({ incidents }: WorkspaceColumns, id: RowId): boolean {
  const system = toSystemOfRow(id);
  return incidents.get(system)?.number.some((number) => toRowId(system, number) === id) === true;
}
