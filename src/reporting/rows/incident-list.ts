import { parseDeployId, type DeployIdParts } from '../../domain/deployments/deploy-id';
import { compareText } from '../../domain/compare-text';
import type { WorkspaceColumns } from '../../domain/columns/month-columns';
import type { Incident } from '../../domain/incidents/incident';
import { selectIncidents } from '../../domain/metrics/selection/select-incidents';
import { toIncidentItem } from '../delivery/delivery-rows';
import { isWithheld, withholdNames } from '../delivery/withhold';
import type { VisibleFilter } from '../filter/delivery-filter';
import { toSelection } from '../filter/selection';
import { nameAuthor } from '../version/named-person';
import { isOfSeen } from '../version/restrict-version';
import { pickColumns, type WorkspaceVersion } from '../version/workspace-version';
import type { PullRequestWords } from '../../store/pull-requests/find-words';
import { findMergedIds } from './find-rows';
import { openMemoryList, rankByText } from './memory-list';
import { listCorrectionsOf, listLeftOutBy } from './row-marks';
import type { IncidentRow, RowList, RowNumber } from './row-list';

/** The incidents of a filter, those left out by hand marked. */
export function openIncidentList(version: WorkspaceVersion, filter: VisibleFilter): RowList<IncidentRow> {
  const leftOut = listLeftOutBy(version, filter, ['leave_out_incident']);
  const incidents = listAll(version, filter, leftOut);
  const toRepository = ({ repositoryUuid }: Incident) => version.systems.toName(repositoryUuid).name;
  const rank = rankByText(incidents, toRepository);
  return openMemoryList<Incident, IncidentRow>({
    facts: incidents,
    toNumber: (incident, key) => (key === 'repository' ? rank(incident) : toNumber(incident, key)),
    toRows: (some) => readRows(version, some, { isRaw: filter.isRaw, leftOut }),
    isLeftOut: ({ incidentId }) => leftOut.has(incidentId),
    isResolved: ({ resolvedAt }) => resolvedAt !== null,
    findFacts: async (text) => {
      const ids = await findMergedIds(version, text, { startAt: 0, endAt: Number.MAX_SAFE_INTEGER });
      return ({ incidentId, deployId }) => ids.has(incidentId) || ids.has(deployId ?? '');
    },
  });
}

/** Newest first. What is left out is in no columns but those as they came. */
function listAll(version: WorkspaceVersion, filter: VisibleFilter, leftOut: ReadonlySet<string>): Incident[] {
  const selection = toSelection(filter, version.known.settings);
  const select = (columns: WorkspaceColumns) => {
    const selected = selectIncidents(columns, selection);
    return Array.from({ length: selected.count }, (_, index) => withholdNames(selected.at(index), version.visible));
  };
  const gone = leftOut.size === 0 ? [] : select(version.known.getRaw()).filter((one) => leftOut.has(one.incidentId));
  return [...select(pickColumns(version, filter)), ...gone].sort(
    (one, other) => other.createdAt - one.createdAt || compareText(other.incidentId, one.incidentId),
  );
}

function toNumber({ createdAt, resolvedAt }: Incident, key: RowNumber): number | null | undefined {
  switch (key) {
    case 'time':
      return createdAt;
    case 'resolved':
      return resolvedAt;
    case 'recovery':
      return resolvedAt === null || resolvedAt < createdAt ? null : resolvedAt - createdAt;
    default:
      return undefined;
  }
}

async function readRows(
  version: WorkspaceVersion,
  incidents: readonly Incident[],
  { isRaw, leftOut }: { readonly isRaw: boolean; readonly leftOut: ReadonlySet<string> },
): Promise<IncidentRow[]> {
  const seen = ({ incidentId, deployId }: Incident) => [toSeen(version, incidentId), toSeen(version, deployId ?? '')];
  const keys = incidents.flatMap(seen).filter((key) => key !== null);
  const words = new Map(
    (await version.merges.readWords(keys)).map((one) => [`${one.repositoryUuid} ${one.number}`, one]),
  );
  const find = (key: DeployIdParts | null) =>
    key === null ? undefined : words.get(`${key.repositoryUuid} ${key.number}`);
  return incidents.map((incident) => {
    const [own, blamed] = seen(incident).map((key) => find(key) ?? null);
    const id = incident.incidentId;
    return {
      ...{ id, ...toWords(version, own ?? null), blamedTitle: blamed?.title ?? null },
      item: toIncidentItem(incident, version.systems),
      corrections: isRaw ? [] : listCorrectionsOf(version, [id]),
      isLeftOut: leftOut.has(id),
    };
  });
}

function toWords(version: WorkspaceVersion, words: PullRequestWords | null) {
  if (words === null) return { title: null, branch: null, author: null };
  return { title: words.title, branch: words.sourceBranch, author: nameAuthor(version, words.authorUuid) };
}

/** Of what its reader may not see no words are read. */
function toSeen({ visible }: WorkspaceVersion, id: string): DeployIdParts | null {
  return isWithheld(id) || !isOfSeen(id, visible) ? null : parseDeployId(id);
}
