import { isBot } from './world/people';
import { isMember, isOwner } from './world/rights';
import type { Simulator } from './simulator';
import type { Account, Workspace } from './world/model';

/** Somebody who may sign in. */
export interface Guest {
  readonly name: string;
  /** In words. */
  readonly role: string;
  /** Names of the repositories that they see. */
  readonly repositories: readonly string[];
}

/**
 * Three people of the first workspace with rights of their own: an administrator, one who sees half of the repositories,
 * and one who sees a single one, each those that they write most in. The simulated page to sign in offers nobody else.
 */
export function inviteGuests(simulator: Simulator): Guest[] {
  const workspace = simulator.room.findWorkspace(undefined);
  const members = membersOf(workspace);
  const owner = members.find(({ uuid }) => isOwner(workspace, uuid));
  const others = members
    .filter(({ uuid }) => !isOwner(workspace, uuid))
    .map((person) => ({ person, written: countWritten(workspace, person) }))
    .sort((one, other) => other.written.size - one.written.size);
  const [busy, quiet] = [others[0], others.slice(1).at(-1)];
  const half = Math.ceil(workspace.repositories.size / 2);
  const guests = [
    ...(owner === undefined ? [] : [toAdministrator(workspace, owner)]),
    ...(busy === undefined ? [] : [limit(simulator, busy, half)]),
    ...(quiet === undefined ? [] : [limit(simulator, quiet, 1)]),
  ];
  simulator.oauth.offered = guests.map(({ name }) => name);
  return guests;
}

function membersOf(workspace: Workspace): Account[] {
  return [...workspace.people.values()].filter((one) => isMember(workspace, one.uuid) && !isBot(one));
}

/** How many pull requests somebody wrote, by repository; without those where it is none. */
function countWritten({ repositories }: Workspace, { uuid }: Account): Map<string, number> {
  const counts = [...repositories.values()].map((repository): [string, number] => [
    repository.uuid,
    [...repository.pullRequests.values()].filter(({ authorUuid }) => authorUuid === uuid).length,
  ]);
  return new Map(counts.filter(([, count]) => count > 0));
}

interface Writer {
  readonly person: Account;
  readonly written: ReadonlyMap<string, number>;
}

function limit(simulator: Simulator, { person, written }: Writer, count: number): Guest {
  const { repositories } = simulator.room.findWorkspace(undefined);
  const ranked = [...repositories.values()].sort(
    (one, other) => (written.get(other.uuid) ?? 0) - (written.get(one.uuid) ?? 0),
  );
  const chosen = ranked.slice(0, count);
  const rights = Object.fromEntries(chosen.map(({ uuid }) => [uuid, 'write' as const]));
  simulator.access.setRights({ person: person.uuid, rights });
  const names = chosen.map(({ name }) => name);
  return { name: person.displayName, role: `member: ${names.join(', ')}`, repositories: names };
}

function toAdministrator(workspace: Workspace, { displayName }: Account): Guest {
  const names = [...workspace.repositories.values()].map(({ name }) => name);
  return { name: displayName, role: 'administrator: all repositories, and the settings', repositories: names };
}
