import type { Forms } from '../../simulator/traffic/answer-forms';
import type { AddedQuirk, Quirk } from '../../simulator/traffic/quirks';
import { withMembers } from '../../simulator/traffic/wrong-bodies';
import type { Habits } from '../../simulator/world/habits';
import type { PullRequest, Repository, Workspace } from '../../simulator/world/model';
import { createChance, uuidOf } from '../../simulator/world/random';
import {
  answerBothDeliveries,
  drawQuestion,
  inOrder,
  listAll,
  setZone,
  toIncidentItem,
  toItem,
  without,
} from '../support/product/compare-with-world';
import { startProduct, type RunningProduct } from '../support/product/start-product';
import { createMixedWorld, mixedNow } from '../support/product/mixed-world';
import { readNaiveFacts } from '../support/naive/read-world';
import { waitUntil } from '../support/product/wait-until';
import { testClock } from '../support/test-clock';

const day = 86_400_000;
const everything = 'from=2023-01-01&to=2024-12-31';

/** What is not as captured of a Bitbucket. */
interface Variation {
  readonly name: string;
  /** How many days of the history are asked for; all of them. */
  readonly days?: number;
  readonly forms?: Partial<Forms>;
  readonly habits?: Partial<Habits>;
  readonly quirks?: readonly Quirk[];
  /** Seconds for which a token is good. */
  readonly tokenSeconds?: number;
  /** Nobody learns of the groups. */
  readonly hasNoTeams?: boolean;
}

const user = /^\/2\.0\/user(\?|$)/u;
const groups = /^\/1\.0\/groups\/acme\/?(\?|$)/u;
const groupsWithSlash = /^\/1\.0\/groups\/acme\/(\?|$)/u;
const activityOfAll = /\/pullrequests\/activity$/u;
const activity = /\/activity$/u;
const commitsOfOne = /\/pullrequests\/\d+\/commits$/u;
const commits = /[^/]\/commits$/u;

/** One group more whose members are told at an address of its own. */
const withGroupOfUnknownMembers = (right: unknown): unknown => [
  ...(right as unknown[]),
  { slug: 'without-members', name: 'No members told' },
];

const variations: readonly Variation[] = [
  { name: 'plain answers, asked for forty days', days: 40 },
  {
    name: 'short pages by date, asked for forty days, no activity of the whole, groups nobody understands',
    days: 40,
    forms: { largestPages: [[commits, 10]] },
    habits: { commitOrder: 'by date' },
    quirks: [
      { route: 'repository_activity', answer: { status: 400 } },
      { route: groups, answer: { status: 200, body: { groups: 'gone' } } },
      { route: 'permissions', answer: { status: 200, body: { owners: 'somebody' } } },
    ],
    hasNoTeams: true,
  },
  {
    name: 'everything sent, opaque pages, bare envelopes, empty next, oldest first, 40 characters',
    forms: {
      fields: 'ignored',
      next: 'page',
      hasEmptyNext: true,
      isBare: true,
      changesMember: 'changes_request',
      times: 'all',
    },
    habits: { activityOrder: 'oldest first', hashLength: 40 },
    quirks: [{ route: user, answer: { change: withMembers({ type: 'app_user', uuid: uuidOf('somebody') }) } }],
  },
  {
    name: 'context pages of at most 20, by date, unsorted, 39 characters, closed_on',
    forms: {
      ...{ next: 'ctx', isSortIgnored: true, times: 'all', hasClosedOn: true, isDiffstatLinked: false },
      largestPages: [
        [activity, 20],
        [commits, 20],
      ],
    },
    habits: { commitOrder: 'by date', hashLength: 39 },
    quirks: [
      { route: user, answer: { status: 403, body: '<html>no</html>' } },
      { route: 'permissions', answer: { status: 403 } },
      { route: groupsWithSlash, answer: { status: 404 } },
    ],
  },
  {
    name: 'no activity of the whole, no branches by name, groups elsewhere, tokens short',
    forms: {
      commitsBy: 'hashes',
      largestPages: [
        [activity, 50],
        [commitsOfOne, 50],
      ],
    },
    quirks: [
      { route: 'repository_activity', answer: { status: 404 } },
      { route: groupsWithSlash, answer: { status: 301, body: '', headers: { location: '/1.0/groups/acme' } } },
    ],
    tokenSeconds: 2,
  },
  {
    name: 'refusals, upper case, odd groups',
    forms: { isUuidUpperCase: true, times: 'all' },
    quirks: [
      { route: /./u, after: 3, times: 1, answer: { status: 401 } },
      { route: /./u, after: 12, times: 1, answer: { status: 401 } },
      { route: /./u, after: 6, times: 1, answer: { status: 429, headers: { 'retry-after': '1' } } },
      { route: groups, answer: { change: withGroupOfUnknownMembers } },
      { route: /\/without-members\/members/u, answer: { status: 200, body: [] } },
    ],
  },
  {
    name: 'groups forbidden, short pages',
    forms: {
      largestPages: [
        [activityOfAll, 10],
        [commits, 10],
      ],
    },
    quirks: [
      { route: groups, answer: { status: 403 } },
      { route: /./u, after: 9, times: 2, answer: { status: 429, headers: { 'retry-after': '1' } } },
    ],
    hasNoTeams: true,
  },
];

function adopt({ simulator }: RunningProduct, variation: Variation): AddedQuirk[] {
  const { forms = {}, habits = {}, quirks = [], tokenSeconds } = variation;
  simulator.forms.chosen = forms;
  Object.assign(simulator.room.findWorkspace('acme').habits, habits);
  if (tokenSeconds !== undefined) simulator.tokens.lifetimeSeconds = tokenSeconds;
  return quirks.map((quirk) => simulator.quirks.add(quirk));
}

/** The workspace with the pull requests that something touched since. */
function cutHistory(workspace: Workspace, since: number, groups = workspace.groups): Workspace {
  const isNew = ([, { updatedAt }]: readonly [number, PullRequest]): boolean => updatedAt >= since;
  const repositories = [...workspace.repositories].map(([uuid, repository]): [string, Repository] => [
    uuid,
    { ...repository, pullRequests: new Map([...repository.pullRequests].filter(isNew)) },
  ]);
  return { ...workspace, groups, repositories: new Map(repositories) };
}

describe.each(variations)('a Bitbucket with $name', (variation) => {
  it('is imported as the definitions say', async () => {
    const world = createMixedWorld({ seed: 61, pullRequests: 14 });
    const since = variation.days === undefined ? 0 : mixedNow - variation.days * day;
    const days = Math.min(36_500, Math.ceil((testClock.now() - since) / day));
    const product = await startProduct({ world, environment: { IMPORT_DAYS: String(days) } });
    try {
      const quirks = adopt(product, variation);
      await product.install();
      expect((await product.untilImported()).problems).toEqual([]);
      const whole = product.simulator.room.findWorkspace('acme');
      const workspace = cutHistory(whole, testClock.now() - days * day, variation.hasNoTeams === true ? [] : undefined);
      const facts = readNaiveFacts(workspace);
      const deployments = await listAll(product, '/deployments', everything);
      const incidents = await listAll(product, '/incidents', everything);

      expect(without(deployments, 'url', 'teams_as_of')).toEqual(inOrder(facts.deployments.map(toItem), 'deploy_id'));
      expect(without(incidents, 'url')).toEqual(inOrder(facts.incidents.map(toIncidentItem), 'incident_id'));
      expect(deployments.length).toBeGreaterThan(5);
      const session = await product.openPage('settings');
      const chance = createChance(61);
      for (let round = 0; round < 3; round += 1) {
        const question = drawQuestion(chance, workspace, mixedNow);
        await setZone(product, session, question.zone);
        const { found, expected } = await answerBothDeliveries(product, facts, question);
        expect({ question, report: found }).toEqual({ question, report: expected });
      }
      // What is wrong was really met, the last of it after the end of the import.
      const areMet = async () => (quirks.every(({ count }) => count > 0) ? true : null);
      await waitUntil(areMet, { withinMs: 30_000, what: 'every quirk to be met' });
    } finally {
      await product.close();
    }
  });
});
