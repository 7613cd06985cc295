import { presentTeam, presentWorkspaceRef, type Json } from './account';
import { apiLink, encodeUuid, siteLink, toLink, type Addresses } from './links';
import { toMicroseconds } from './times';
import { uuidOf } from '../world/random';
import { mainProject, projectOf } from '../world/rights';
import type { Repository, Workspace } from '../world/model';

export function fullNameOf(workspace: Workspace, repository: Repository): string {
  return `${workspace.slug}/${repository.slug}`;
}

/** A repository inside a pull request, a commit or an activity: no slug, no main branch. */
export function presentRepositoryRef(
  addresses: Addresses,
  repository: { uuid: string; name: string; fullName: string },
): Json {
  return {
    links: {
      self: apiLink(addresses, `repositories/${repository.fullName}`),
      html: siteLink(addresses, repository.fullName),
      avatar: siteLink(addresses, `ravatar/${encodeUuid(repository.uuid)}?ts=default`),
    },
    type: 'repository',
    name: repository.name,
    full_name: repository.fullName,
    uuid: repository.uuid,
  };
}

export function refOf(addresses: Addresses, workspace: Workspace, repository: Repository): Json {
  const { uuid, name } = repository;
  return presentRepositoryRef(addresses, { uuid, name, fullName: fullNameOf(workspace, repository) });
}

/** The repository of a notice: more than a reference, yet without slug and main branch. */
export function presentNoticeRepository(addresses: Addresses, workspace: Workspace, repository: Repository): Json {
  return {
    scm: 'git',
    website: null,
    ...refOf(addresses, workspace, repository),
    project: presentProject(addresses, workspace, projectOf(repository)),
    owner: presentTeam(addresses, workspace),
    workspace: presentWorkspaceRef(addresses, workspace),
    is_private: repository.isPrivate,
    parent: null,
  };
}

function presentProject(addresses: Addresses, workspace: Workspace, key: string): Json {
  return {
    links: {
      self: apiLink(addresses, `workspaces/${workspace.slug}/projects/${key}`),
      html: siteLink(addresses, `${workspace.slug}/workspace/projects/${key}`),
      avatar: siteLink(addresses, `${workspace.slug}/workspace/projects/${key}/avatar/32?ts=1616553975`),
    },
    type: 'project',
    name: `${key.slice(0, 1)}${key.slice(1).toLowerCase()}`,
    key,
    uuid: uuidOf(`project ${workspace.uuid}${key === mainProject ? '' : ` ${key}`}`),
  };
}

/** The whole repository, as its own address answers. An empty one has no main branch. */
export function presentRepository(addresses: Addresses, workspace: Workspace, repository: Repository): Json {
  const fullName = fullNameOf(workspace, repository);
  const api = (rest: string): Json => ({ ...apiLink(addresses, `repositories/${fullName}${rest}`) });
  return {
    ...presentNoticeRepository(addresses, workspace, repository),
    links: {
      self: api(''),
      html: siteLink(addresses, fullName),
      avatar: siteLink(addresses, `ravatar/${encodeUuid(repository.uuid)}?ts=default`),
      pullrequests: api('/pullrequests'),
      commits: api('/commits'),
      forks: api('/forks'),
      watchers: api('/watchers'),
      branches: api('/refs/branches'),
      tags: api('/refs/tags'),
      downloads: api('/downloads'),
      source: api('/src'),
      clone: [{ href: `${addresses.base}/${fullName}.git`, name: 'https' }],
      hooks: api('/hooks'),
    },
    website: '',
    slug: repository.slug,
    description: '',
    has_issues: false,
    has_wiki: false,
    fork_policy: 'no_public_forks',
    language: repository.language,
    size: repository.commits.size * 4096,
    created_on: toMicroseconds(repository.createdAt),
    updated_on: toMicroseconds(repository.updatedAt),
    mainbranch: repository.mainBranch === null ? null : { type: 'branch', name: repository.mainBranch },
    override_settings: { default_merge_strategy: false, branching_model: false },
    enforced_signed_commits: null,
  };
}

/** A branch with the commit it points to. */
export function presentBranch(
  addresses: Addresses,
  fullName: string,
  branch: { readonly name: string; readonly strategy: string; readonly target: Json },
): Json {
  return {
    name: branch.name,
    links: {
      self: apiLink(addresses, `repositories/${fullName}/refs/branches/${branch.name}`),
      commits: apiLink(addresses, `repositories/${fullName}/commits/${branch.name}`),
      html: toLink(`${addresses.base}/${fullName}/branch/${branch.name}`),
    },
    default_merge_strategy: toMergeStrategyName(branch.strategy),
    merge_strategies: ['merge_commit', 'squash', 'fast_forward'],
    type: 'branch',
    target: branch.target,
  };
}

function toMergeStrategyName(strategy: string): string {
  return strategy === 'rebase' ? 'rebase_fast_forward' : strategy;
}
