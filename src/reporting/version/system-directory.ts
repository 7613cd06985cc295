import type { Deployment } from '../../domain/deployments/deployment';
import { parseDeployed } from '../../domain/deployments/strategies/all-strategies';
import type { Incident } from '../../domain/incidents/incident';
import type { Repository } from '../../store/repositories/repository-store';
import type { Workspace } from '../../store/workspaces/workspace-store';
import type { SystemItem, SystemName } from '../answers/choices';

export interface SystemDirectory {
  /** Repositories that are there, the empty ones too, and those that are gone but have merges. By slug. */
  readonly items: readonly SystemItem[];
  /** A repository of which no name is known goes by its uuid. */
  toName(uuid: string): SystemName;
  toPullRequestUrl(uuid: string, number: number): string;
  /** Of what was deployed. */
  toDeploymentUrl(deployment: Pick<Deployment, 'deployId' | 'repositoryUuid'>): string;
  /** Of the proof: of the pull request that ended it. */
  toIncidentUrl(incident: Incident): string;
}

interface DirectoryMaterial {
  readonly workspace: Pick<Workspace, 'uuid'>;
  /** Gone ones too, those that are there winning a slug both have. */
  readonly repositories: readonly Repository[];
  /** Uuids of the repositories with merged pull requests. */
  readonly merged: ReadonlySet<string>;
  readonly bitbucketUrl: string;
}

export function createSystemDirectory({
  workspace,
  repositories,
  merged,
  bitbucketUrl,
}: DirectoryMaterial): SystemDirectory {
  const known = new Map(repositories.map((repository) => [repository.uuid, repository]));
  const base = bitbucketUrl.replace(/\/+$/, '');
  const toUrl = (uuid: string): string =>
    `${base}/${encodeURI(known.get(uuid)?.fullName ?? `${workspace.uuid}/${uuid}`)}`;
  const toName = (uuid: string): SystemName => {
    const { slug, name } = known.get(uuid) ?? { slug: uuid, name: uuid };
    return { uuid, slug, name };
  };
  const listed = repositories.filter(({ uuid, goneAt }) => goneAt === null || merged.has(uuid));
  const ordered = [
    ...listed.filter(({ goneAt }) => goneAt === null),
    ...listed.filter(({ goneAt }) => goneAt !== null),
  ];
  const toPullRequestUrl = (uuid: string, number: number): string => `${toUrl(uuid)}/pull-requests/${number}`;
  const toDeploymentUrl: SystemDirectory['toDeploymentUrl'] = ({ deployId, repositoryUuid }) => {
    const deployed = parseDeployed(deployId);
    return deployed === null ? toUrl(repositoryUuid) : `${toUrl(deployed.repositoryUuid)}/${deployed.path}`;
  };
  return {
    items: ordered.map(({ uuid }) => ({ ...toName(uuid), url: toUrl(uuid) })),
    toName,
    toPullRequestUrl,
    toDeploymentUrl,
    toIncidentUrl: ({ incidentId, repositoryUuid }) => toDeploymentUrl({ deployId: incidentId, repositoryUuid }),
  };
}
