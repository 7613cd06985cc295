import { formatDeployId, parseDeployId } from '../../domain/deployments/deploy-id';
import type { Deployment } from '../../domain/deployments/deployment';
import type { Instant } from '../../domain/instant';
import { selectDeployments } from '../../domain/metrics/selection/select-deliveries';
import { computePercentile } from '../../domain/metrics/statistics';
import { findIssueKeys } from '../../domain/pull-requests/find-issue-keys';
import type { SystemName } from '../answers/choices';
import type { DerivedMerge } from '../facts/derive-rows';
import type { VisibleFilter } from '../filter/delivery-filter';
import { toSelection } from '../filter/selection';
import type { ChosenList } from '../pull-requests/read-selected';
import { nameAuthor, type NamedAuthor } from '../version/named-person';
import { isOfSeen } from '../version/restrict-version';
import { pickColumns, type WorkspaceVersion } from '../version/workspace-version';

/** A deployment with the words that people know it by. */
export interface ReleaseItem {
  readonly deployId: string;
  readonly system: SystemName;
  /** Of its pull request. */
  readonly number: number;
  readonly title: string;
  readonly author: NamedAuthor | null;
  readonly deployedAt: Instant;
  /** Ascending by author date. */
  readonly changes: Deployment['changes'];
  readonly isComplete: boolean;
  /** Seconds: the median over its changes, without those dated after it; `null`: there is none. */
  readonly leadTime: number | null;
  /** Slugs. */
  readonly teams: readonly string[];
  readonly teamsAsOf: Deployment['teamsAsOf'];
  /** That its title and its branch name. */
  readonly issueKeys: readonly string[];
  readonly url: string;
}

type Version = Pick<WorkspaceVersion, 'systems' | 'known'>;

/** `null`: it is no deployment. */
export function toReleaseItem({ recorded, row }: DerivedMerge, { systems, known }: Version): ReleaseItem | null {
  const { deployment } = row;
  if (deployment === null) return null;
  const { deployId, repositoryUuid, createdAt, changes, isComplete, teams, teamsAsOf } = deployment;
  return {
    ...{ deployId, system: systems.toName(repositoryUuid), number: recorded.number, title: recorded.title },
    author: nameAuthor({ known }, recorded.authorUuid),
    ...{ deployedAt: createdAt, changes, isComplete, teams, teamsAsOf },
    leadTime: findLeadTime(deployment),
    issueKeys: findIssueKeys([recorded.title, recorded.sourceBranch]),
    url: systems.toDeploymentUrl(deployment),
  };
}

function findLeadTime({ changes, createdAt }: Deployment): number | null {
  const took = changes.map((change) => (createdAt - change.createdAt) / 1000).filter((seconds) => seconds >= 0);
  return computePercentile(Float64Array.from(took).sort(), 0.5);
}

/** The deployments that the metrics count under the same filter, with their words. */
export function chooseReleases(version: WorkspaceVersion, filter: VisibleFilter): ChosenList<ReleaseItem> {
  const selection = toSelection(filter, version.known.settings);
  return {
    ...{ selected: selectDeployments(pickColumns(version, filter), selection), filter },
    toItem: (merge) => toReleaseItem(merge, version),
  };
}

/** So many are read at a time. */
const readAtOnce = 100;

/** Those of these ids that count, or with `isRaw` came, and may be seen; by id. */
export async function readReleases(
  version: WorkspaceVersion,
  deployIds: readonly string[],
  choice: { readonly isRaw: boolean },
): Promise<ReadonlyMap<string, ReleaseItem>> {
  const keys = [...new Set(deployIds)]
    .filter((id) => isOfSeen(id, version.visible))
    .flatMap((id) => parseDeployId(id) ?? []);
  const found = new Map<string, ReleaseItem>();
  for (let start = 0; start < keys.length; start += readAtOnce) {
    for (const merge of await version.merges.read(keys.slice(start, start + readAtOnce), choice)) {
      const item = toReleaseItem(merge, version);
      if (item !== null) found.set(formatDeployId(merge.row), item);
    }
  }
  return found;
}
