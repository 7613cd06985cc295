import type { Instant } from '../instant';

/** By which door a workspace came in. */
export type ConnectionKind = 'connect' | 'access_token' | 'forge';

/**
 * Of all connections of a workspace one is `live` at most, and it alone is used to call Bitbucket. A `superseded` one
 * made room for one of another kind: its pages and notices are served as before. `revoked`: Bitbucket no longer takes
 * its credentials.
 */
export type ConnectionStatus = 'live' | 'superseded' | 'disabled' | 'uninstalled' | 'revoked';

/** Whether Bitbucket calls us when something happens, or has to be asked what moved. */
export type Hearing = 'notices' | 'polling';

/** What tells a connection from all others: `reference` is its name at the platform (Connect's clientKey). */
export interface ConnectionName {
  readonly kind: ConnectionKind;
  readonly reference: string;
}

/** How a connection stands. */
export interface ConnectionState extends ConnectionName {
  readonly status: ConnectionStatus;
  /**
   * Random, another one after each install: sessions of an earlier epoch are over. A connection that takes the place
   * of one of another kind takes its epoch over, so that open pages go on.
   */
  readonly epoch: string;
  readonly uninstalledAt: Instant | null;
  readonly problem: string | null;
}

/**
 * Of all connections of a workspace the one that tells how it is connected: the live one, else the one installed last
 * that is not superseded, for that says nothing of its own; `null` without any.
 */
export function pickTelling<
  T extends Pick<ConnectionState, 'status' | 'reference'> & { readonly installedAt: Instant },
>(connections: readonly T[]): T | null {
  const order = (one: T, other: T): number =>
    rank(one) - rank(other) || other.installedAt - one.installedAt || (one.reference < other.reference ? -1 : 1);
  return connections.toSorted(order)[0] ?? null;
}

function rank({ status }: Pick<ConnectionState, 'status'>): number {
  if (status === 'live') return 0;
  return status === 'superseded' ? 2 : 1;
}

/**
 * A workspace has one live connection, and the chosen one is it now: others of its kind end, and one of another kind is
 * superseded, its sessions going on. Gives those of `connections`, all of one workspace, that are other than before, the
 * chosen one last.
 */
export function makeLive<T extends ConnectionState>(
  connections: readonly T[],
  chosen: ConnectionName,
  now: Instant,
): readonly T[] {
  const others = connections.filter((one) => !isSame(one, chosen));
  const superseded = findOtherLive(connections, chosen);
  const ended = others.flatMap((one): T[] => {
    if (one.kind !== chosen.kind) return one === superseded ? [toSuperseded(one)] : [];
    const isOver = one.status === 'live' || one.status === 'superseded';
    return isOver ? [{ ...one, status: 'uninstalled', uninstalledAt: now }] : [];
  });
  const live = connections
    .filter((one) => isSame(one, chosen))
    .map((one) => ({
      ...{ ...one, status: 'live' as const, uninstalledAt: null, problem: null },
      epoch: superseded?.epoch ?? one.epoch,
    }));
  return [...ended, ...live];
}

/**
 * Live again, as `makeLive` would have it; but where one of another kind is live, the chosen one is superseded by that.
 */
export function enable<T extends ConnectionState>(
  connections: readonly T[],
  chosen: ConnectionName,
  now: Instant,
): readonly T[] {
  return findOtherLive(connections, chosen) === undefined
    ? makeLive(connections, chosen, now)
    : connections.filter((one) => isSame(one, chosen)).map((one) => ({ ...toSuperseded(one), problem: null }));
}

/**
 * The chosen connection ends, and the one of another kind that made room for it is live again, its sessions going on.
 * Changes nothing where there is none such. Gives the changed ones, the live one last.
 */
export function giveBack<T extends ConnectionState>(
  connections: readonly T[],
  chosen: ConnectionName,
  now: Instant,
): readonly T[] {
  const leaving = connections.find((one) => isSame(one, chosen) && one.status === 'live');
  const back = connections.find(({ kind, status }) => kind !== chosen.kind && status === 'superseded');
  if (leaving === undefined || back === undefined) return [];
  return [
    { ...leaving, status: 'uninstalled', uninstalledAt: now },
    { ...back, status: 'live', epoch: leaving.epoch, uninstalledAt: null, problem: null },
  ];
}

function findOtherLive<T extends ConnectionState>(connections: readonly T[], chosen: ConnectionName): T | undefined {
  return connections.find(({ kind, status }) => kind !== chosen.kind && status === 'live');
}

function toSuperseded<T extends ConnectionState>(one: T): T {
  return { ...one, status: 'superseded', uninstalledAt: null };
}

function isSame(one: ConnectionName, other: ConnectionName): boolean {
  return one.kind === other.kind && one.reference === other.reference;
}
