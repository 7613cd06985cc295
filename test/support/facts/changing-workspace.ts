import fc from 'fast-check';
import type { Stores } from '../../../src/store/stores';
import type { PullRequestActivity } from '../../../src/domain/pull-requests/pull-request-activity';
import { defaultWorkspaceSettings } from '../../../src/domain/settings/workspace-settings';
import {
  aHash,
  anInstant,
  aPerson,
  aRepository,
  aRepositoryUuid,
  aWorkspaceUuid,
  day,
  hour,
  webUuid,
} from '../builders';
import { savePullRequest } from './saved-pull-requests';

export const repositories = [aRepositoryUuid, webUuid] as const;
export const people = ['3', '4', '6', '7'].map((digit, index) =>
  aPerson({
    uuid: `{${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}}`,
    displayName: `Person ${index}`,
    accountId: null,
  }),
);

/** What happens to a workspace; it may be that nothing comes of it. */
export interface Happening {
  readonly words: string;
  readonly run: (stores: Stores) => Promise<unknown>;
}

const numbers = fc.integer({ min: 1, max: 9 });
const keys = fc.record({ repository: fc.constantFrom(...repositories), number: numbers });
const persons = fc.nat(people.length - 1).map((index) => people[index] ?? aPerson());
/** Over three months. */
const instants = fc.integer({ min: 0, max: 80 * 6 }).map((turns) => anInstant + turns * 4 * hour);
const commits = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 4 });

const toCommits = (hashes: readonly number[]) =>
  hashes.map((hash) => ({ hash: aHash(hash), authoredAt: anInstant - hash * day }));

const merging = fc
  .record({
    key: keys,
    at: instants,
    author: persons,
    commits,
    destination: fc.constantFrom('main', 'main', 'develop'),
    sourceBranch: fc.constantFrom('feature/a', 'hotfix/b', 'revert-pr-3', 'rescue/c'),
    teams: fc.subarray(['core', 'ops']),
    isOpen: fc.boolean(),
  })
  .map(({ key, at, isOpen, commits: hashes, ...said }): Happening => ({
    words: `${isOpen ? 'open' : 'merge'} ${key.repository.slice(1, 3)}/${key.number} into ${said.destination} at ${at}`,
    run: (stores) =>
      savePullRequest(stores, key.repository, {
        ...said,
        number: key.number,
        openedAt: at - day,
        mergedAt: isOpen ? null : at,
        commits: toCommits(hashes),
      }),
  }));

const recommitting = fc.record({ key: keys, commits }).map(({ key, commits: hashes }): Happening => ({
  words: `commits of ${key.repository.slice(1, 3)}/${key.number} are ${hashes.join()}`,
  run: (stores) =>
    stores.pullRequests.saveCommits(aWorkspaceUuid, key.repository, [
      { number: key.number, head: null, commits: toCommits(hashes), isComplete: true },
    ]),
}));

const moving = fc.record({ key: keys, at: instants }).map(({ key, at }): Happening => ({
  words: `${key.repository.slice(1, 3)}/${key.number} was merged at ${at} at the latest`,
  run: (stores) =>
    stores.pullRequests.saveMergeTimes(aWorkspaceUuid, key.repository, [
      { number: key.number, source: 'activity', at },
    ]),
}));

const acting = fc
  .record({ key: keys, at: instants, actor: persons, kind: fc.constantFrom('approval' as const, 'comment' as const) })
  .map(({ key, at, actor, kind }): Happening => {
    const activity: PullRequestActivity = {
      ...{ key: `${kind}:${actor.uuid}:${at}`, kind, at, actor, isInline: true, isDeleted: false },
      ...{ state: null, sourceHash: null, isDraft: null },
    };
    return {
      words: `${kind} of ${key.repository.slice(1, 3)}/${key.number} by ${String(actor.displayName)} at ${at}`,
      run: (stores) =>
        stores.pullRequests.saveActivities(aWorkspaceUuid, key.repository, [{ number: key.number, activity }]),
    };
  });

const correcting = fc
  .record({
    kind: fc.constantFrom(
      ...(['leave_out_pull_request', 'leave_out_deployment', 'leave_out_incident', 'link_incident'] as const),
    ),
    subject: keys,
    target: keys,
    at: instants,
  })
  .map(({ kind, subject, target, at }): Happening => ({
    words: `${kind} ${subject.repository.slice(1, 3)}/${subject.number}`,
    run: (stores) =>
      stores.corrections.add(aWorkspaceUuid, {
        kind,
        subject: `${subject.repository}/pullrequests/${subject.number}`,
        target: kind === 'link_incident' ? `${target.repository}/pullrequests/${target.number}` : null,
        ...{ reason: 'A rehearsal.', madeBy: null, madeAt: at },
      }),
  }));

const undoing = fc.nat(20).map((place): Happening => ({
  words: `undo correction ${place}`,
  run: async (stores) => {
    const corrections = await stores.corrections.list(aWorkspaceUuid);
    const id = corrections[place % Math.max(1, corrections.length)]?.id;
    return id === undefined ? null : stores.corrections.undo(aWorkspaceUuid, { id, by: null, now: anInstant });
  },
}));

const uuids = people.map(({ uuid }) => uuid);
const setting = fc
  .record({
    leftOut: fc.subarray(uuids, { maxLength: 2 }),
    bots: fc.subarray(['*bot', '*3']),
    ofRepositories: fc.subarray([...repositories], { maxLength: 1 }),
    timezone: fc.constantFrom('UTC', 'America/New_York', 'Asia/Kolkata'),
    branchPrefixes: fc.subarray(['hotfix', 'rescue']),
  })
  .map(({ leftOut, bots, ofRepositories, timezone, branchPrefixes }): Happening => ({
    words: `settings ${timezone} ${branchPrefixes.join()} without ${leftOut.length} people, ${ofRepositories.length} repositories`,
    run: (stores) =>
      stores.settings.save(aWorkspaceUuid, {
        ...defaultWorkspaceSettings,
        timezone,
        incidentRules: { revert: true, branchPrefixes, titlePrefixes: [] },
        exclusions: { people: leftOut, bots, repositories: ofRepositories },
      }),
  }));

const teaming = fc
  .record({
    name: fc.constantFrom('Red', 'Blue'),
    members: fc.subarray(uuids),
    since: fc.option(instants),
    isOver: fc.boolean(),
  })
  .map(({ name, members, since, isOver }): Happening => ({
    words: isOver ? `team ${name} ends` : `team ${name} of ${members.length}`,
    run: (stores) =>
      isOver
        ? stores.teams.deleteManual(aWorkspaceUuid, name.toLowerCase(), anInstant + 20 * day)
        : stores.teams.saveManual(aWorkspaceUuid, {
            ...{ slug: name.toLowerCase(), name },
            members: members.map((userUuid) => ({ userUuid, since, until: null })),
          }),
  }));

const renaming = fc
  .record({ person: persons, isBot: fc.boolean(), at: instants })
  .map(({ person, isBot, at }): Happening => ({
    words: `${String(person.displayName)} ${isBot ? 'turns out a bot' : 'is a person'} at ${at}`,
    run: (stores) =>
      stores.database.transaction((tx) => {
        const displayName = `${String(person.displayName)}${isBot ? ' bot' : ''}`;
        return stores.people.saveAll(aWorkspaceUuid, [{ person: { ...person, displayName }, at }], tx);
      }),
  }));

const reconnecting = fc.nat(5).map((turn): Happening => ({
  words: 'connected again',
  run: (stores) =>
    stores.workspaces.save({ uuid: aWorkspaceUuid, slug: 'acme', name: 'Acme', connectedAt: anInstant + turn }),
}));

/** Anything that may happen to a workspace between two looks at it. */
export const happenings = fc
  .oneof(
    { arbitrary: merging, weight: 8 },
    { arbitrary: recommitting, weight: 4 },
    { arbitrary: moving, weight: 3 },
    { arbitrary: acting, weight: 4 },
    { arbitrary: correcting, weight: 3 },
    ...[undoing, setting, teaming, renaming, reconnecting].map((arbitrary) => ({ arbitrary, weight: 1 })),
  )
  // A course that fails is told in words.
  .map((one): Happening => Object.assign(one, { [fc.toStringMethod]: () => one.words }));

/** Two repositories without anything, and everybody: somebody new would be noticed with what they did. */
export async function saveRepositories(stores: Stores): Promise<void> {
  await stores.repositories.saveAll(aWorkspaceUuid, [aRepository(), aRepository({ uuid: webUuid, slug: 'web' })]);
  const sights = people.map((person) => ({ person, at: 0 }));
  await stores.database.transaction((tx) => stores.people.saveAll(aWorkspaceUuid, sights, tx));
}
