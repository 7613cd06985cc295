import { compareText } from '../../domain/compare-text';
import { formatDeployId, type DeployIdParts } from '../../domain/deployments/deploy-id';
import type { Instant } from '../../domain/instant';
import { selectDeployments, type Selected } from '../../domain/metrics/selection/select-deliveries';
import { listCountedActivities } from '../../domain/reviews/counted-activities';
import type { DerivedMerge } from '../facts/derive-rows';
import { namePerson, type NamedPerson } from '../version/named-person';
import { pickColumns, type WorkspaceVersion } from '../version/workspace-version';
import { readReleases, toReleaseItem, type ReleaseItem } from './release-items';

/** One deployment with all that is known of it and of its neighbours. */
export interface Release {
  readonly item: ReleaseItem;
  /** Corrections leave it out of the metrics. */
  readonly isLeftOut: boolean;
  /** Each once: whoever approved, and whose approval no later verdict replaced; and whoever reviewed besides. */
  readonly approvedBy: readonly NamedPerson[];
  readonly reviewedBy: readonly NamedPerson[];
  /** Of the same repository, those that count; `null`: there is none. */
  readonly previous: ReleaseItem | null;
  readonly next: ReleaseItem | null;
}

/**
 * The deployment that the merge of a pull request was; `null`: it was none, or there is no such pull request. One that a
 * correction leaves out is told as it came.
 */
export async function readRelease(
  version: WorkspaceVersion,
  key: DeployIdParts,
  choice: { readonly isRaw: boolean },
): Promise<Release | null> {
  if (version.visible?.has(key.repositoryUuid) === false) return null;
  const counted = await readOne(version, key, choice);
  const isLeftOut = counted?.row.deployment == null;
  const merge = isLeftOut ? await readOne(version, key, { isRaw: true }) : counted;
  const item = merge === null ? null : toReleaseItem(merge, version);
  if (merge === null || item === null) return null;
  return {
    ...{ item, isLeftOut },
    ...listReviewers(version, merge),
    ...(await readNeighbours(version, { key, at: item.deployedAt }, choice)),
  };
}

async function readOne(
  { merges }: WorkspaceVersion,
  key: DeployIdParts,
  choice: { readonly isRaw: boolean },
): Promise<DerivedMerge | null> {
  const [merge = null] = await merges.read([key], choice);
  return merge;
}

function listReviewers({ known }: WorkspaceVersion, { recorded }: DerivedMerge) {
  const life = { ...recorded, state: 'MERGED' as const, closedAt: null };
  const reviews = listCountedActivities(life, known.ignored).filter(({ isReview }) => isReview);
  const approvals = reviews.filter(({ activity, replacedBy }) => activity.kind === 'approval' && replacedBy === null);
  const listOnce = (uuids: readonly (string | null)[]) =>
    [...new Set(uuids)].flatMap((uuid) => namePerson(uuid, known.people) ?? []);
  const approvers = new Set(approvals.map(({ activity }) => activity.actorUuid));
  const others = reviews.map(({ activity }) => activity.actorUuid).filter((uuid) => !approvers.has(uuid));
  return { approvedBy: listOnce([...approvers]), reviewedBy: listOnce(others) };
}

interface Place {
  readonly key: DeployIdParts;
  readonly at: Instant;
}

async function readNeighbours(
  version: WorkspaceVersion,
  { key, at }: Place,
  choice: { readonly isRaw: boolean },
): Promise<Pick<Release, 'previous' | 'next'>> {
  const all = { systems: [key.repositoryUuid], teams: [], startAt: 0, endAt: Number.MAX_SAFE_INTEGER };
  const selected = selectDeployments(pickColumns(version, choice), all);
  const own = formatDeployId(key);
  const place = findPlace(selected, { at, id: own });
  const idAt = (index: number) => (index < 0 || index >= selected.count ? '' : formatDeployId(selected.at(index)));
  // What a correction leaves out is not in the list itself.
  const ids = [idAt(place - 1), idAt(idAt(place) === own ? place + 1 : place)];
  const read = await readReleases(version, ids, choice);
  const [previous = null, next = null] = ids.map((id) => read.get(id) ?? null);
  return { previous, next };
}

/** How many rows of the list stand before a key: ascending by moment, then by id as text. */
function findPlace(selected: Selected, key: { readonly at: Instant; readonly id: string }): number {
  let [low, high] = [0, selected.count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = selected.at(middle);
    if ((row.at - key.at || compareText(formatDeployId(row), key.id)) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
