import { waitUntil } from '../support/house/wait-until';
import { computeNumbers, expectOf, type Expected } from '../support/stand-in/expectations';
import type { Quirks } from '../support/stand-in/quirks';
import { startStandInHouse, type StandInHouse } from '../support/stand-in/stand-in-house';
import { testClock } from '../support/test-clock';

const day = 86_400_000;
const toDay = (at: number): string => new Date(at).toISOString().slice(0, 10);
const toTime = (at: number): string => new Date(at).toISOString();
const byText = (one: string, other: string): number => (one < other ? -1 : 1);

interface Row {
  readonly deploy_id: string;
  readonly incident_id: string;
  readonly time_created: string;
  readonly time_resolved: string;
  readonly complete: boolean;
  readonly teams_as_of: string;
  readonly teams: readonly string[];
  readonly changes: readonly { change_id: string; time_created: string }[];
}

async function listAll(house: StandInHouse, route: string, query: string): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor = '';
  do {
    const page = await house.get<{ items: Row[]; next: string | null }>(`${route}?${query}&limit=25${cursor}`);
    rows.push(...page.items);
    cursor = page.next === null ? '' : `&cursor=${encodeURIComponent(page.next)}`;
  } while (cursor !== '');
  return rows;
}

/** Everything the product tells of the small world, against what the definitions say of it. */
async function expectWorld(house: StandInHouse, since = 0): Promise<void> {
  const expected = expectOf(house.world, house.quirks, since);
  const [from, to] = [toDay(testClock.now() - 99 * day), toDay(testClock.now())];
  const range = `from=${from}&to=${to}`;
  const deployments = await listAll(house, '/deployments', range);
  const incidents = await listAll(house, '/incidents', range);

  expect(
    deployments
      .map(({ deploy_id, time_created, changes, teams, complete, teams_as_of }) => ({
        ...{ deploy_id, time_created, complete, teams_as_of, teams: [...teams].sort() },
        changes: changes.map((one) => `${one.change_id} ${one.time_created}`).sort(),
      }))
      .sort((one, other) => byText(one.deploy_id, other.deploy_id)),
  ).toEqual(
    expected.deployments
      .map(({ deploy_id, at, changes, teams, complete }) => ({
        ...{ deploy_id, time_created: toTime(at), complete, teams_as_of: 'import', teams },
        changes: changes.map((one) => `${one.hash} ${toTime(one.at)}`).sort(),
      }))
      .sort((one, other) => byText(one.deploy_id, other.deploy_id)),
  );
  expect(
    incidents
      .map(({ incident_id, time_created, time_resolved, deploy_id }) => ({
        ...{ incident_id, time_created, time_resolved, deploy_id },
      }))
      .sort((one, other) => byText(one.incident_id, other.incident_id)),
  ).toEqual(
    expected.incidents
      .map(({ incident_id, createdAt, resolvedAt, deploy_id }) => ({
        ...{ incident_id, time_created: toTime(createdAt), time_resolved: toTime(resolvedAt), deploy_id },
      }))
      .sort((one, other) => byText(one.incident_id, other.incident_id)),
  );
  for (const [query, passes] of toFilters(house, expected)) {
    const report = await house.get<Record<string, unknown>>(`/metrics/accelerate?${range}${query}`);
    const { incomplete_deployments } = report['completeness'] as Record<string, unknown>;
    expect({ query, ...report, incomplete_deployments }).toMatchObject({
      query,
      ...computeNumbers(expected, 100, passes),
    });
  }
}

type Passes = (deployment: Expected['deployments'][number]) => boolean;

function toFilters(house: StandInHouse, { deployments }: Expected): (readonly [string, Passes])[] {
  const second = house.world.repositories[1]?.uuid ?? '';
  const hasBeta = deployments.some(({ teams }) => teams.includes('beta'));
  return [
    ['', () => true],
    [`&system=${encodeURIComponent(second)}`, ({ deploy_id }) => deploy_id.startsWith(second)],
    ...(hasBeta ? [['&team=beta&interval=month', (({ teams }) => teams.includes('beta')) as Passes] as const] : []),
  ];
}

interface Variation extends Partial<Quirks> {
  readonly name: string;
  /** IMPORT_DAYS. */
  readonly days?: number;
}

const variations: readonly Variation[] = [
  { name: 'plain answers, asked for forty days', days: 40 },
  {
    name: 'short pages by date, asked for forty days, no activity of the whole, groups nobody understands',
    days: 40,
    commitOrder: 'by date',
    mostCommits: 10,
    activity: 'no number',
    groups: 'nonsense',
    owners: 'nonsense',
  },
  {
    name: 'everything is sent, opaque pages, bare envelopes, empty next, oldest first, 40 characters',
    fields: 'ignored',
    next: 'opaque',
    hasEmptyNext: true,
    isBare: true,
    activity: 'oldest first',
    changesMember: 'changes_request',
    hashLength: 40,
    timeForm: 'all',
    identity: 'only workspace',
  },
  {
    name: 'context pages of at most 20, by date, unsorted, 39 characters, closed_on',
    next: 'ctx',
    mostActivity: 20,
    mostCommits: 20,
    commitOrder: 'by date',
    isSortIgnored: true,
    hashLength: 39,
    timeForm: 5,
    hasClosedOn: true,
    identity: 'unnamed user',
    groups: 'without slash',
    diffstat: 'by number',
  },
  {
    name: 'no activity of the whole, no branches by name, merges listed, secret late, tokens short',
    activity: 'of single pull requests only',
    mostActivity: 50,
    mostOfPullRequest: 50,
    commitsBy: 'hashes',
    isMergeListed: true,
    isSecretLate: true,
    expiresIn: 2,
    timeForm: 0,
    groups: 'redirected',
    owners: 'among all',
    installBody: { clientKey: 'connection:123' },
  },
  {
    name: 'refusals, upper case, odd groups',
    unauthorised: [3, 12],
    refused: [6],
    isUuidUpperCase: true,
    groups: 'odd',
    expiresIn: null,
    timeForm: 4,
    installBody: { extra: { a: 1 }, user: null },
  },
  {
    name: 'groups forbidden, short pages',
    groups: 'forbidden',
    owners: 'forbidden',
    mostCommits: 10,
    mostActivity: 10,
    retryAfter: 'seconds',
    refused: [9, 10],
    timeForm: 2,
  },
];

describe.each(variations)('a Bitbucket with $name', ({ days = 365, ...quirks }) => {
  it('is imported as the definitions say', async () => {
    const house = await startStandInHouse(quirks, { IMPORT_DAYS: String(days) });
    try {
      expect(await house.lifecycle('installed')).toBe(204);
      const { problems } = await house.untilImported();
      // One whose activity this Bitbucket does not find is named, and whole all the same.
      const isOfActivity = (problem: unknown) => /activity of pull requests \(404\)/u.test(JSON.stringify(problem));
      expect(problems.filter((problem) => !isOfActivity(problem))).toEqual([]);
      await expectWorld(house, testClock.now() - days * day);
    } finally {
      await house.close();
    }
  });
});

it('a Bitbucket that knows no spec of a diffstat but its own tells sizes', async () => {
  const house = await startStandInHouse({ diffstat: 'by number' });
  const isTold = ({ path, status }: { path: string; status: number }) => status === 200 && path.includes('/diffstat/');
  try {
    await house.lifecycle('installed');
    await house.untilImported();
    const count = () => house.bitbucket.asked.filter(isTold).length;
    const isDone = await waitUntil(async () => (count() < 10 ? null : true), { withinMs: 15_000, what: 'ten sizes' });
    expect(isDone).toBe(true);
  } finally {
    await house.close();
  }
});
