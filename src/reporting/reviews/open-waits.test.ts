import { aMergedPullRequest, anInstant, day, hour } from '../../../test/support/builders';
import { aDeed, allDeeds, anOpenPullRequest } from '../../../test/support/facts/lives';
import { buildWorkspaceColumns } from '../../../test/support/facts/workspace-columns';
import type { NaiveReviewedMerge } from '../../../test/support/naive/facts';
import { findNaiveWaits, type NaiveWaiting } from '../../../test/support/naive/waits';
import { createChance, type Chance } from '../../../simulator/world/random';
import { computeReviewNumbers } from '../../domain/reviews/compute-review-numbers';
import type { OpenPullRequest, RecordedPullRequest } from '../../domain/pull-requests/pull-request-history';
import type { Team } from '../../domain/teams/team';
import type { WholeVersion } from '../version/workspace-version';
import { findOpenWaits, type OpenWaits } from './open-waits';

/*
 * The waits of small worlds against the second calculation of test/support/naive. Openings, merges and acts fall on whole
 * quarters of a second, so medians and differences are exact.
 */

const now = anInstant + 200 * day;
const repositories = ['{drums}', '{bells}', '{gongs}'];
const people = ['ada', 'rita', 'sam', 'tom', 'robot'];
const bots = new Set(['{robot}']);
/** The second calculation knows of nothing that was taken back. */
const told = allDeeds.filter((deed) => !/^un|-gone$|-by-word$/u.test(deed));
const toSystem = (uuid: string) => ({ uuid, slug: '', name: '' });

interface World {
  readonly open: readonly OpenPullRequest[];
  readonly merged: readonly RecordedPullRequest[];
  readonly members: Readonly<Record<string, readonly string[]>>;
  readonly zone: string;
}

function drawActivities(chance: Chance, openedAt: number, hours: number) {
  const offset = (openedAt - anInstant) / hour;
  return Array.from({ length: chance.between(0, 6) }, () =>
    aDeed(offset + chance.between(0, hours * 4) / 4, chance.pick([...people, '?']), chance.pick(told)),
  );
}

function drawOpen(chance: Chance, number: number): OpenPullRequest {
  const age = chance.happens(0.2) ? chance.between(80, 120) * 24 : chance.between(1, 300);
  const openedAt = now - age * hour;
  const asked = people.filter(() => chance.happens(0.4)).map((name) => `{${name}}`);
  return anOpenPullRequest('', {
    ...{ number, openedAt, repositoryUuid: chance.pick(repositories) },
    authorUuid: chance.pick(['{ada}', '{ada}', '{rita}', '{robot}', null]),
    isDraft: chance.happens(0.15),
    isQueued: chance.happens(0.1),
    reviewerUuids: chance.happens(0.2) ? null : asked,
    activities: drawActivities(chance, openedAt, age),
  });
}

function drawMerged(chance: Chance, number: number): RecordedPullRequest {
  const hours = chance.between(1, 60);
  const openedAt = now - chance.between(61, 95 * 24) * hour;
  return {
    ...aMergedPullRequest({ number, openedAt, mergedAt: openedAt + hours * hour }),
    ...{ repositoryUuid: chance.pick(repositories), authorUuid: '{ada}', destinationBranch: 'main' },
    ...{ isDraft: false, firstCommitAt: null, linesChanged: null, changes: [] },
    activities: drawActivities(chance, openedAt, hours),
  };
}

function drawWorld(chance: Chance): World {
  return {
    open: Array.from({ length: chance.between(0, 9) }, (_, index) => drawOpen(chance, index + 1)),
    merged: Array.from({ length: chance.between(0, 24) }, (_, index) => drawMerged(chance, 100 + index)),
    members: { red: ['{ada}', '{sam}'], blue: ['{rita}', '{ada}', '{eve}'] },
    zone: chance.pick(['UTC', 'America/New_York', 'Asia/Kolkata']),
  };
}

/** As much of a version as waits are found in. */
function toVersion({ open, merged, members, zone }: World): WholeVersion {
  const reviewed = merged.map((one) => ({
    ...one,
    review: computeReviewNumbers(one, { ignored: bots, deployedAt: null }),
  }));
  const teams = Object.entries(members).map(([slug, uuids]) => ({
    ...{ slug, name: slug, source: 'manual', isDeleted: false },
    members: uuids.map((userUuid) => ({ userUuid, since: null, until: null })),
  })) as unknown as readonly Team[];
  const known = {
    settings: { timezone: zone, exclusions: { people: [], repositories: [], bots: [] } },
    ...{ teams, corrected: buildWorkspaceColumns(reviewed, zone), corrections: [], people: new Map(), ignored: bots },
  };
  const systems = { toName: toSystem, toPullRequestUrl: () => '' };
  return { known, systems, open, now, visible: null } as unknown as WholeVersion;
}

function askNaively({ open, merged, members, zone }: World, choice: { systems: string[] | null; teams: string[] }) {
  const toTeams = (uuid: string | null) =>
    Object.entries(members).flatMap(([slug, uuids]) => (uuids.includes(uuid ?? '') ? [slug] : []));
  const bare = { sourceBranch: null, isComplete: true, changes: [] };
  const world = {
    open: open.map((one): NaiveWaiting => ({
      ...{ ...one, ...bare },
      ...{ system: toSystem(one.repositoryUuid), teams: toTeams(one.authorUuid) },
    })),
    merged: merged.map((one): NaiveReviewedMerge => ({
      ...{ ...one, ...bare },
      ...{ system: toSystem(one.repositoryUuid), teams: [], isDeployment: true },
    })),
    ...{ bots, members, now, zone },
  };
  return findNaiveWaits(world, choice);
}

function tell({ waits, load }: OpenWaits) {
  return {
    waits: waits.map(({ item, waitsFor, whom, since, waited, usual, over, aside }) => ({
      id: `${item.system.uuid}/pullrequests/${item.id}`,
      ...{ waitsFor, since, waited, usual, over, aside },
      whom: whom && whom.map(({ uuid }) => uuid),
    })),
    load,
  };
}

it('what each waits for, whom, since when, what is usual, order and load equal a second calculation', () => {
  const chance = createChance(20_261_129);
  const met = { waitsFor: new Set<string>(), of: new Set<string>(), aside: new Set<string>() };
  for (let count = 0; count < 150; count += 1) {
    const world = drawWorld(chance);
    const systems = chance.happens(0.3) ? repositories.slice(chance.between(0, 2)) : null;
    const teams = chance.happens(0.3) ? [chance.pick(['red', 'blue'])] : [];
    const filter = { systems, teams, from: '2020-01-01', to: '2020-01-02', interval: 'week', isRaw: false } as const;
    const found = tell(findOpenWaits(toVersion(world), filter));
    expect(found).toEqual(askNaively(world, { systems, teams }));
    for (const { waitsFor, usual, aside } of found.waits) {
      met.waitsFor.add(waitsFor);
      met.of.add(usual?.of ?? 'not known');
      met.aside.add(aside ?? 'among');
    }
  }
  expect([met.waitsFor.size, met.of.size, met.aside.size]).toEqual([7, 3, 3]);
});
