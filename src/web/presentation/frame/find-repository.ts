import type { SystemItem } from '../../../reporting/filter/system-directory';
import type { PageRequest, PagesDependencies } from './page-dependencies';
import { readOne } from '../filter/page-parameters';

/** The repository that a page is about: the one its caller is bound to, else the one it names. */
export async function findRepository(
  { caller, parameters }: PageRequest,
  { reporting }: Pick<PagesDependencies, 'reporting'>,
): Promise<SystemItem | null> {
  const named = readOne(parameters, 'repository') ?? caller.repositoryUuid;
  if (named === null || (caller.repositoryUuid !== null && withBraces(named) !== caller.repositoryUuid)) {
    return null;
  }
  const systems = await reporting.loadSystems(caller.workspace);
  return systems.find((system) => system.uuid === withBraces(named)) ?? null;
}

/** Of the whole workspace (`null`), unless a repository is named or the caller is bound to one. */
export async function findPlace(
  request: PageRequest,
  dependencies: Pick<PagesDependencies, 'reporting'>,
): Promise<SystemItem | null | 'foreign'> {
  const isNamed = request.caller.repositoryUuid !== null || readOne(request.parameters, 'repository') !== null;
  return isNamed ? ((await findRepository(request, dependencies)) ?? 'foreign') : null;
}

function withBraces(uuid: string): string {
  return `{${uuid.replace(/^\{|\}$/gu, '').toLowerCase()}}`;
}
