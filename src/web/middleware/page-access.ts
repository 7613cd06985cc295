import type { ParsedUrlQuery } from 'node:querystring';
import { lookUp } from '../../domain/look-up';
import type { OpenSight } from '../../domain/people/visible-repositories';
import { pageReach, type PageName } from '../routing/paths';

/** Who asks, as proved by a token. */
interface PageVisitor {
  readonly workspace: string;
  /** The repository the visitor is bound to; `null`: the whole workspace. */
  readonly repositoryUuid: string | null;
  readonly canWrite: boolean;
}

/** What the visitor may see of the page, or `null`: what is not theirs and what is not there answer alike. */
export interface PageAccess {
  readonly repositoryUuid: string | null;
}

const uuidForm = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/iu;

/**
 * A UUID of the query with braces and in small letters. A value that is missing, repeated or no UUID (Connect
 * leaves `{repository.uuid}` unfilled when a scope is missing) is `null`.
 */
export function readUuid(query: ParsedUrlQuery, name: string): string | null {
  const value = lookUp(query, name);
  const digits = typeof value === 'string' ? uuidForm.exec(value)?.[1] : undefined;
  return digits === undefined ? null : `{${digits.toLowerCase()}}`;
}

export function decideAccess(page: PageName, visitor: PageVisitor, query: ParsedUrlQuery): PageAccess | null {
  const workspace = readUuid(query, 'workspace');
  if (workspace !== null && workspace !== visitor.workspace) return null;
  const reach = pageReach[page];
  if (reach === 'workspace') return visitor.repositoryUuid === null ? { repositoryUuid: null } : null;
  if (reach === 'settings') {
    return visitor.repositoryUuid === null && visitor.canWrite ? { repositoryUuid: null } : null;
  }
  return decideRepository(visitor, query, reach === 'repository');
}

/** Whether the repository that the page is about may be seen. */
export function isWithin({ repositories }: OpenSight, { repositoryUuid }: PageAccess): boolean {
  return repositories === null || repositoryUuid === null || repositories.includes(repositoryUuid);
}

function decideRepository(visitor: PageVisitor, query: ParsedUrlQuery, isNeeded: boolean): PageAccess | null {
  const named = readUuid(query, 'repository');
  const isForeign = named !== null && visitor.repositoryUuid !== null && named !== visitor.repositoryUuid;
  const repositoryUuid = named ?? visitor.repositoryUuid;
  return isForeign || (isNeeded && repositoryUuid === null) ? null : { repositoryUuid };
}
