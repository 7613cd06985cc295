import { computeAge, type Instant } from '../instant';
import type { ViewersWithoutRights } from '../settings/workspace-settings';

/** What somebody who looks at a workspace may see of it. */
export type Sight = OpenSight | ClosedSight | StaleSight;

export interface OpenSight {
  readonly kind: 'open';
  /** UUIDs with braces; `null`: all. An empty list is nothing. */
  readonly repositories: readonly string[] | null;
  /** Why: by right or by a link; as Bitbucket told of this viewer; or as everybody, since it does not tell. */
  readonly basis: 'all' | 'bitbucket' | 'everybody';
  /** `null`: nobody told. */
  readonly isAdministrator: boolean | null;
  /** How many repositories of the workspace these are, and how many it has; where that is not simply all. */
  readonly counts?: { readonly visible: number; readonly all: number };
}

/** `administrators`: Bitbucket does not tell, and then only administrators see something. */
export interface ClosedSight {
  readonly kind: 'closed';
  readonly basis: 'administrators' | 'no_right';
}

/** What is known is too old to be believed, and could not be read again (yet). */
export interface StaleSight {
  readonly kind: 'stale';
}

/** What was read of a viewer. */
export interface KnownRights {
  readonly isAdministrator: boolean;
  /** With an explicit right; `null`: all of the workspace. */
  readonly repositories: readonly string[] | null;
  readonly readAt: Instant;
}

interface Belief {
  readonly now: Instant;
  /** How old rights may be to be believed, in milliseconds. */
  readonly believedMs: number;
}

export const seesAll: OpenSight = { kind: 'open', repositories: null, basis: 'all', isAdministrator: true };

/** In our own window only what was read at the sign-in opens something: unknown is no. What a link opens does not age. */
export function decideSignedIn(
  rights: KnownRights | null,
  { now, believedMs, isByLink }: Belief & { readonly isByLink: boolean },
): Sight {
  if (rights === null) return { kind: 'closed', basis: 'no_right' };
  if (!isByLink && computeAge(rights.readAt, now) > believedMs) return { kind: 'stale' };
  return toSight(rights);
}

/** How the last question to Bitbucket ended; `null`: none was asked. */
export type Answered = 'told' | 'not_told' | 'failed' | null;

interface InFrame extends Belief {
  readonly rights: KnownRights | null;
  readonly answered: Answered;
  /** Bitbucket has told of some viewer of this workspace. */
  readonly hasTold: boolean;
  readonly choice: ViewersWithoutRights;
}

/**
 * Inside Bitbucket's frame, of somebody who is not known as an administrator. Where Bitbucket does not tell what they
 * may see, an administrator has chosen; where it does but could not be asked just now, what it said before holds for as
 * long again, and then nothing does.
 */
export function decideInFrame({ rights, answered, hasTold, choice, now, believedMs }: InFrame): Sight {
  const age = rights === null ? Infinity : computeAge(rights.readAt, now);
  const isBelieved = age <= (answered === 'not_told' ? believedMs : 2 * believedMs);
  if (rights !== null && isBelieved) return toSight(rights);
  if (answered !== 'not_told' && hasTold) return { kind: 'stale' };
  return decideByChoice(choice);
}

/** Of somebody of whom Bitbucket does not tell what they may see. */
export function decideByChoice(choice: ViewersWithoutRights): Sight {
  return choice === 'everybody'
    ? { kind: 'open', repositories: null, basis: 'everybody', isAdministrator: null }
    : { kind: 'closed', basis: 'administrators' };
}

function toSight({ isAdministrator, repositories }: KnownRights): OpenSight {
  const isAll = isAdministrator || repositories === null;
  return {
    kind: 'open',
    repositories: isAll ? null : repositories,
    basis: isAll ? 'all' : 'bitbucket',
    isAdministrator,
  };
}

/**
 * Bitbucket names explicit rights alone: what is public is everybody's. `known`: the repositories of the workspace; of
 * one of which it is not known that it is public, that is not believed.
 */
export function addPublicOnes(
  sight: OpenSight,
  known: readonly { readonly uuid: string; readonly isPrivate: boolean | null }[],
): OpenSight {
  if (sight.repositories === null) return sight;
  const publicOnes = known.flatMap(({ uuid, isPrivate }) => (isPrivate === false ? [uuid] : []));
  const visible = new Set([...sight.repositories, ...publicOnes]);
  const counts = { visible: known.filter(({ uuid }) => visible.has(uuid)).length, all: known.length };
  return { ...sight, repositories: [...visible], counts };
}

/** What of a sight is left where one repository alone is shown; `null`: everything. */
export function bindSight(sight: OpenSight, boundTo: string | null): OpenSight {
  const { repositories } = sight;
  if (boundTo === null) return sight;
  return { ...sight, repositories: repositories === null || repositories.includes(boundTo) ? [boundTo] : [] };
}
