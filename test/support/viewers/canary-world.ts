import type { Person } from '../../../src/domain/people/person';
import type { Stores } from '../../../src/store/stores';
import { aHash, aPerson, aRepository, aWorkspaceUuid as workspace, anActivity, day, hour } from '../builders';
import { saveUndatedMerges } from '../facts/saved-merges';
import { savePullRequest } from '../facts/saved-pull-requests';

/**
 * A workspace in which everything of a repository holds a word of that repository's own: shown to somebody who may not
 * see it, the word gives it away. Six repositories; the fifth is empty, the sixth public.
 */
export const repositories = ['alpha', 'bravo', 'cello', 'delta', 'empty', 'fluit'].map((word, index) => ({
  word,
  uuid: `{d0d0d0d0-0000-4000-8000-00000000000${index + 1}}`,
  slug: `slug-${word}-q`,
  isPrivate: word !== 'fluit',
}));
export type CanaryRepository = (typeof repositories)[number];

/** Every word that only those may meet who may see the repository. */
export function listCanaries({ word, uuid, slug }: CanaryRepository): string[] {
  const parts = ['name', 'title', 'branch', 'target', 'author', 'reason', 'problem', 'reading', 'import'];
  return [uuid.slice(1, -1), slug, ...parts.map((part) => `${part}-${word}-q`)];
}

export const administrator = aPerson({ uuid: '{a0a0a0a0-0000-4000-8000-000000000001}', displayName: 'Admin' });
const members = ['Mo', 'Na'].map((displayName, index) =>
  aPerson({ uuid: `{a0a0a0a0-0000-4000-8000-00000000001${index}}`, displayName, accountId: null }),
);

const authorOf = ({ word, uuid }: CanaryRepository): Person =>
  aPerson({ uuid: uuid.replace('d0d0d0d0', 'b0b0b0b0'), displayName: `author-${word}-q`, accountId: null });

export const idOf = ({ uuid }: Pick<CanaryRepository, 'uuid'>, number: number): string =>
  `${uuid}/pullrequests/${number}`;

export async function saveCanaryWorld(stores: Stores, now: number): Promise<void> {
  await stores.repositories.saveAll(
    workspace,
    repositories.map(({ word, uuid, slug, isPrivate }) =>
      aRepository({ uuid, slug, isPrivate, name: `name-${word}-q`, fullName: `acme/${slug}`, readAt: now }),
    ),
  );
  await stores.administrators.replaceAll(workspace, { userUuids: [administrator.uuid], now });
  const group = { slug: 'developers', name: 'Developers', memberUuids: members.map(({ uuid }) => uuid) };
  await stores.teams.replaceGroups(workspace, [group], now - 200 * day);
  for (const repository of repositories) {
    if (repository.word !== 'empty') await savePullRequests(stores, repository, now);
    await saveProblems(stores, repository, now);
  }
  await saveCorrections(stores, now);
  const note = {
    date: new Date(now - 9 * day).toISOString().slice(0, 10),
    text: 'Holidays',
    by: administrator.uuid,
    now,
  };
  await stores.notes.add(workspace, note);
}

/** Twelve merges to the default branch, a fix among every four; one to another, and four open ones. */
async function savePullRequests(stores: Stores, repository: CanaryRepository, now: number): Promise<void> {
  for (let number = 1; number <= 17; number += 1) {
    await savePullRequest(stores, repository.uuid, {
      ...tellLife(repository, number, now),
      title: `title-${repository.word}-q ${number}`,
      sourceBranch: `${number % 4 === 0 ? 'hotfix' : 'feature'}/branch-${repository.word}-q-${number}`,
      destination: number === 13 ? `target-${repository.word}-q` : 'main',
    });
  }
  await saveUndated(stores, repository, now);
}

function tellLife(repository: CanaryRepository, number: number, now: number) {
  const index = repositories.indexOf(repository);
  const openedAt = now - (18 - number) * 6 * day + index * hour;
  const [author, mo] = [authorOf(repository), members[0] ?? null];
  const isOfTeam = number % 3 === 0;
  return {
    ...{ number, openedAt, mergedAt: number > 13 ? null : openedAt + 20 * hour, lines: [number, index] as const },
    ...{ author: isOfTeam ? mo : author, teams: isOfTeam ? ['developers'] : [] },
    commits: [{ hash: aHash(index * 100 + number), authoredAt: openedAt - hour }],
    activities: [
      anActivity({ at: openedAt + hour, kind: 'comment', key: `c${number}`, actor: author }),
      anActivity({ at: openedAt + 2 * hour, key: `a${number}`, actor: mo }),
    ],
  };
}

async function saveUndated(stores: Stores, { word, uuid }: CanaryRepository, now: number): Promise<void> {
  await saveUndatedMerges(stores, uuid, [{ number: 18, title: `title-${word}-q 18`, openedAt: now - 3 * day }]);
}

async function saveProblems(stores: Stores, { word, uuid }: CanaryRepository, now: number): Promise<void> {
  await stores.repositories.noteProblem(workspace, uuid, { problem: `problem-${word}-q`, now });
  const reading = { repositoryUuid: uuid, number: 3, what: 'size', problem: `reading-${word}-q`, since: now } as const;
  await stores.readingProblems.note(workspace, reading);
  await stores.imports.save({
    ...{ workspace, repositoryUuid: uuid, cursor: null, since: now - 200 * day, listed: 18, expected: 18 },
    ...{ finished: 18, pages: 1, startedAt: now, finishedAt: now, anew: false },
    ...(word === 'delta' ? { phase: 'failed', problem: `import-${word}-q` } : { phase: 'done', problem: null }),
  });
}

/**
 * In each repository with rows a pull request and a deployment are left out; and an incident of each is linked to a
 * deployment of the next repository, so that rows name two.
 */
async function saveCorrections(stores: Stores, now: number): Promise<void> {
  const withRows = repositories.filter(({ word }) => word !== 'empty');
  for (const [index, repository] of withRows.entries()) {
    const next = withRows[(index + 1) % withRows.length] ?? repository;
    const said = { reason: `reason-${repository.word}-q`, madeBy: administrator.uuid, madeAt: now + index };
    const make = (correction: {
      kind: 'leave_out_pull_request' | 'leave_out_deployment' | 'link_incident';
      number: number;
      target?: string;
    }) =>
      stores.corrections.add(workspace, {
        ...{ kind: correction.kind, subject: idOf(repository, correction.number) },
        ...{ target: correction.target ?? null, ...said },
      });
    await make({ kind: 'leave_out_pull_request', number: 2 });
    await make({ kind: 'leave_out_deployment', number: 5 });
    await make({ kind: 'link_incident', number: 8, target: idOf(next, 7) });
  }
}
