import { createChance, type Chance } from '../../simulator/world/random';
import { askMany } from '../../torture/scenarios/queries';
import { day } from '../support/builders';
import { idOf, listCanaries, repositories, type CanaryRepository } from '../support/viewers/canary-world';
import {
  listSeen,
  openViewedWeb,
  theAdministrator,
  viewers,
  type Sent,
  type ViewedWeb,
  type Viewer,
} from '../support/viewers/viewed-web';

/**
 * Random requests of viewers who may not see everything, right and wrong ones: in no byte of an answer is a word of a
 * repository that is not theirs, unless they sent it themselves. `REQUESTS=20000` asks more.
 */
const requests = Number(process.env['REQUESTS'] ?? 250);
const seed = Number(process.env['SEED'] ?? 20_261_128);

interface Asked {
  readonly address: string;
  readonly init: Sent;
}

interface Asking {
  readonly viewer: Viewer;
  readonly session: string;
  readonly foreign: readonly string[];
}

let viewed: ViewedWeb;
/** Cursors that somebody was given, administrators too: nobody else gets anywhere with them. */
const cursors: string[] = ['W10'];

beforeAll(async () => {
  viewed = await openViewedWeb();
});
afterAll(() => viewed.close());

const routes = [
  ...['metrics/accelerate', 'metrics/reviews', 'metrics/work-in-progress', 'deployments', 'incidents'],
  ...['pull-requests', 'systems', 'teams', 'settings', 'import', 'openapi.json', 'session', 'nothing'],
];
const pages = [
  ...['workspace', 'repository', 'repository-panel', 'pull-request', 'pull-request-panel', 'settings', 'deployments'],
  ...['incidents', 'reviews', 'work-in-progress', 'pull-requests', 'getting-started', 'nothing'],
];
const actions = [
  'correct',
  'undo-correction',
  'save-note',
  'restart-import',
  'save-exclusions',
  'find-people',
  'save-viewers',
];

function drawRequest(chance: Chance): Asked {
  const isPage = chance.happens(0.55);
  const path = isPage ? `/pages/${chance.pick(pages)}` : `/api/v1/${chance.pick(routes)}`;
  const query = drawQuery(chance);
  const address = `${path}?${query.toString()}`;
  const form = new URLSearchParams([...query, ['action', chance.pick(actions)], ['subject', drawText(chance)]]);
  if (chance.happens(0.85)) return { address, init: {} };
  if (isPage) {
    return {
      address: path,
      init: { method: 'POST', type: 'application/x-www-form-urlencoded', body: form.toString() },
    };
  }
  const body = JSON.stringify({ exclusions: { repositories: [chance.pick(repositories).uuid] } });
  return { address, init: { method: chance.pick(['PATCH', 'POST']), type: 'application/json', body } };
}

function drawQuery(chance: Chance): URLSearchParams {
  const query = new URLSearchParams();
  const date = (before: number) => new Date(viewed.web.clock.now() - before * day).toISOString().slice(0, 10);
  const last = chance.between(-5, 90);
  const said: Readonly<Record<string, () => string>> = {
    from: () => date(last + chance.between(0, 110)),
    to: () => date(last),
    range: () => chance.pick(['7', '30', '90', '365', '12']),
    interval: () => chance.pick(['day', 'week', 'month', 'year']),
    system: () => drawSystem(chance),
    team: () => chance.pick(['developers', 'nobody']),
    data: () => chance.pick(['raw', 'corrected']),
    state: () => chance.pick(['open', 'merged', 'undated']),
    outcome: () => chance.pick(['failed', 'fix']),
    format: () => 'csv',
    table: () => 'systems',
    limit: () => String(chance.between(0, 30)),
    cursor: () => chance.pick(cursors),
    repository: () => drawSystem(chance),
    number: () => String(chance.between(1, 20)),
    pull_request: () => String(chance.between(1, 20)),
    sort: () => chance.pick(['name', '-deployments', 'x']),
    edit: () => 'team:developers',
    theme: () => 'dark',
  };
  for (const [name, draw] of Object.entries(said)) {
    const isNeeded = ['repository', 'number', 'pull_request'].includes(name);
    for (let share = isNeeded ? 0.5 : 0.2; chance.happens(share); share /= 3) query.append(name, draw());
  }
  return query;
}

function drawSystem(chance: Chance): string {
  const { uuid, slug } = chance.pick(repositories);
  return chance.pick([uuid, uuid.slice(1, -1), slug, uuid.toUpperCase(), 'slug-nobody', '']);
}

function drawText(chance: Chance): string {
  const repository = chance.pick(repositories);
  return chance.pick([idOf(repository, 7), `${repository.slug} #7`, `name-${repository.word} #7`]);
}

async function toAsking(viewer: Viewer, bound: CanaryRepository | null): Promise<Asking> {
  const seen = listSeen(viewer).filter((one) => bound === null || one === bound);
  const session = await viewed.issue(viewer, bound === null ? {} : { repository: bound.uuid });
  return { viewer, session, foreign: repositories.filter((one) => !seen.includes(one)).flatMap(listCanaries) };
}

/** The text of an answer with whatever is written in its cursors, as it came and as a browser reads it. */
function readOut(text: string): string {
  const found = [...text.matchAll(/(?:cursor=|"next":")([\w-]{8,})/gu)].map(([, cursor = '']) => cursor);
  cursors.push(...found.slice(0, 1));
  return [
    text,
    decodeURIComponent(text.replaceAll(/%(?![\dA-F]{2})/giu, '%25')),
    ...found.map((one) => Buffer.from(one, 'base64url').toString()),
  ]
    .join('\n')
    .toLowerCase();
}

async function findLeaks(asking: Asking, { address, init }: Asked): Promise<string[]> {
  const { status, text } = await viewed.ask(asking.session, address, init);
  if (status >= 500) return [`status ${status}`];
  const sent = decodeURIComponent(`${address} ${init.body ?? ''}`).toLowerCase();
  const shown = readOut(text);
  return asking.foreign.filter((canary) => shown.includes(canary) && !sent.includes(canary));
}

test(
  `${requests} random requests show nothing of a repository that the viewer may not see`,
  async () => {
    const chance = createChance(seed);
    const restricted = viewers.filter(({ words }) => words !== null);
    const askings: Asking[] = [];
    for (const viewer of restricted) askings.push(await toAsking(viewer, null));
    for (const viewer of viewers) askings.push(await toAsking(viewer, chance.pick(repositories)));
    const all = await toAsking(theAdministrator, null);
    const leaks: object[] = [];
    for (let count = 0; count < requests && leaks.length < 5; count += 1) {
      const asked = drawRequest(chance);
      const asking = chance.pick(askings);
      const found = await findLeaks(asking, asked);
      if (found.length > 0) leaks.push({ viewer: asking.viewer, ...asked, found });
      // An administrator's cursors name what others may not see.
      if (count % 50 === 0) await findLeaks(all, drawRequest(chance));
      cursors.splice(1, Math.max(0, cursors.length - 30));
    }
    expect(leaks).toEqual([]);
  },
  60_000 + requests * 100,
);

test('60 random queries with what every object inherits, in data of such names, are none of them a 500', async () => {
  expect(await askMany(viewed, seed, 60)).toMatchObject({ broken: [] });
});
