import type { Repository, RepositoryRight, Workspace } from './model';

/** Where repositories are that were put into no other project. */
export const mainProject = 'MAIN';

export function projectOf({ projectKey }: Repository): string {
  return projectKey ?? mainProject;
}

/** People who left, and those who never came, are no members. */
export function isMember({ people, access }: Workspace, personUuid: string): boolean {
  const person = people.get(personUuid);
  return person !== undefined && !person.isFormer && !access.outsiderUuids.has(personUuid);
}

/** Bitbucket's owners of a workspace are its administrators. */
export function isOwner(workspace: Workspace, personUuid: string): boolean {
  return isMember(workspace, personUuid) && workspace.administratorUuids.includes(personUuid);
}

/**
 * What a person may do in a repository by a right of their own or of a group; `null`: nothing. That everybody may read
 * a public repository is no such right.
 */
export function findRight(workspace: Workspace, personUuid: string, repository: Repository): RepositoryRight | null {
  if (!isMember(workspace, personUuid)) return null;
  if (isOwner(workspace, personUuid)) return 'admin';
  const rights = workspace.access.rights.get(personUuid);
  if (rights !== undefined) return rights.get(repository.uuid) ?? null;
  return repository.isPrivate ? 'read' : null;
}
