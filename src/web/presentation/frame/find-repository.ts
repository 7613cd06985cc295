import type { SystemItem } from '../../../reporting/answers/choices';
import type { Snapshot } from '../../../reporting/snapshot';
import { readOne } from '../filter/page-parameters';
import type { PageRequest } from './page-dependencies';

type KnownSystems = Pick<Snapshot, 'systems'>;

/** The repository that a page is about: the one its caller is bound to, else the one it names. */
export function findRepository({ caller, parameters }: PageRequest, { systems }: KnownSystems): SystemItem | null {
  const named = readOne(parameters, 'repository') ?? caller.repositoryUuid;
  if (named === null || (caller.repositoryUuid !== null && withBraces(named) !== caller.repositoryUuid)) {
    return null;
  }
  return systems.find((system) => system.uuid === withBraces(named)) ?? null;
}

/** Of the whole workspace (`null`), unless a repository is named or the caller is bound to one. */
export function findPlace(request: PageRequest, known: KnownSystems): SystemItem | null | 'foreign' {
  const isNamed = request.caller.repositoryUuid !== null || readOne(request.parameters, 'repository') !== null;
  return isNamed ? (findRepository(request, known) ?? 'foreign') : null;
}

function withBraces(uuid: string): string {
  return `{${uuid.replace(/^\{|\}$/gu, '').toLowerCase()}}`;
}
