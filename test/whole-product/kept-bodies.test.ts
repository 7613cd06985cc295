import { createChance, type Chance } from '../../simulator/world/random';
import { aRepository, aWorkspaceUuid as workspace } from '../support/builders';
import { administrator, repositories } from '../support/viewers/canary-world';
import {
  openViewedWeb,
  theAdministrator,
  toViewerUuid,
  viewers,
  type ViewedWeb,
  type Viewer,
} from '../support/viewers/viewed-web';

/**
 * Whatever is asked by whomever in whatever order: a page whose body is kept for others is, byte for byte but for the
 * session in it, the page that a web room gives that has answered nobody yet. `REQUESTS=5000` asks more.
 */
const requests = Number(process.env['REQUESTS'] ?? 250);
const seed = Number(process.env['SEED'] ?? 20_261_128);

let viewed: ViewedWeb;
beforeAll(async () => {
  viewed = await openViewedWeb();
});
afterAll(() => viewed.close());

const pages = [
  ...['workspace', 'repository', 'repository-panel', 'pull-request', 'pull-request-panel', 'deployments', 'incidents'],
  ...['reviews', 'work-in-progress', 'pull-requests', 'getting-started', 'settings', 'data-quality', 'day'],
];

/** Few of each, so that the same is often asked again, and by others. */
function drawAddress(chance: Chance): string {
  const query = new URLSearchParams();
  const said: Readonly<Record<string, () => string>> = {
    range: () => chance.pick(['30', '365']),
    system: () => chance.pick(repositories).slug,
    team: () => 'developers',
    data: () => 'raw',
    state: () => 'open',
    theme: () => chance.pick(['dark', 'light']),
    format: () => 'csv',
    whose: () => 'mine',
  };
  for (const [name, draw] of Object.entries(said)) if (chance.happens(0.12)) query.append(name, draw());
  if (chance.happens(0.5)) query.append('repository', chance.pick(repositories.slice(0, 2)).uuid);
  if (chance.happens(0.5)) query.append(chance.pick(['number', 'pull_request']), chance.pick(['3', '14']));
  return `/pages/${chance.pick(pages)}?${query.toString()}`;
}

type Holder = readonly [viewer: Viewer, bound: Parameters<ViewedWeb['issue']>[1]];

function drawHolder(chance: Chance): Holder {
  const repository = chance.happens(0.25) ? { repository: chance.pick(repositories).uuid } : {};
  const role = chance.happens(0.2) ? ({ role: 'write' } as const) : {};
  return [chance.pick([...viewers, theAdministrator]), { ...repository, ...role }];
}

const keepLastView = (viewer: Viewer, query: string, labels: Readonly<Record<string, string>> = {}) =>
  viewed.web.stores.views.saveLast({ workspace, viewer: toViewerUuid(viewer), place: '' }, { query, labels }, 1);

/** What changes what stands on a page: each has to show at once. */
async function changeSomething(chance: Chance, turn: number): Promise<void> {
  const { stores, clock } = viewed.web;
  const { uuid, slug } = chance.pick(repositories);
  const changes = [
    async () => {
      clock.advance(60_000 * chance.between(1, 90));
      return Promise.resolve();
    },
    () => stores.notes.add(workspace, { date: '2026-03-01', text: `Note ${turn}`, by: administrator.uuid, now: turn }),
    () =>
      stores.repositories.saveAll(workspace, [
        aRepository({ uuid, slug, name: `Renamed ${turn}`, fullName: `acme/${slug}`, isPrivate: true }),
      ]),
    () => stores.repositories.markGone(workspace, repositories[4]?.uuid ?? '', clock.now()),
    () => stores.workspaces.update(workspace, { verifiedAt: clock.now() - chance.between(0, 5) * 3_600_000 }),
    async () => stores.settings.save(workspace, { ...(await stores.settings.get(workspace)), timezone: 'Asia/Tokyo' }),
    () => keepLastView(chance.pick(viewers), chance.pick(['range=7', 'range=month', 'data=raw'])),
    () => stores.views.saveUsual(workspace, chance.pick(['range=14', null]), { viewer: null, now: turn }),
    () => stores.connections.noteProblem(workspace, chance.pick(['Refused.', null])),
  ];
  await chance.pick(changes)();
}

/** What differs from one answer to the next whatever is kept: the session, and the mark of forms. */
function leaveOut(text: string): string {
  return text
    .replaceAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+/gu, 'SESSION')
    .replaceAll(/(name="mark" value=")[^"]*/gu, '$1')
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?=<\/code>)/gu, 'REQUEST');
}

/** Whether a page was shown. */
async function expectSame(holder: Holder, address: string): Promise<boolean> {
  const session = await viewed.issue(...holder);
  const kept = await viewed.ask(session, address);
  const anew = await viewed.askAnew(session, address);
  expect({ address, ...kept, text: leaveOut(kept.text) }).toEqual({ address, ...anew, text: leaveOut(anew.text) });
  return kept.status === 200;
}

it('is never the body of another', async () => {
  const chance = createChance(seed);
  const holders = Array.from({ length: 16 }, () => drawHolder(chance));
  const addresses = [
    '/pages/workspace',
    '/pages/deployments',
    ...Array.from({ length: 40 }, () => drawAddress(chance)),
  ];
  let shown = 0;
  for (let turn = 0; turn < requests; turn += 4) {
    if (chance.happens(0.3)) await changeSomething(chance, turn);
    const address = chance.pick(addresses);
    for (let asked = 0; asked < 4; asked += 1) {
      shown += (await expectSame(chance.pick(holders), address)) ? 1 : 0;
    }
  }
  expect(shown).toBeGreaterThan(requests / 3);
});

describe('Of two who may see the same', () => {
  const [framed, signedIn] = viewers.filter(({ name }) => name === 'everything');
  const ask = async (viewer: Viewer | undefined, address: string) =>
    (await viewed.ask(await viewed.issue(viewer ?? theAdministrator), address)).text;

  it('neither is shown what the other saw last, nor what is gone from it', async () => {
    if (framed === undefined) throw new Error('There is no such viewer.');
    const gone = '{99999999-0000-4000-8000-000000000009}';
    const label = { [gone]: 'Long gone' };
    await keepLastView(framed, `range=14&system=${encodeURIComponent(gone)}`, label);
    for (const page of ['workspace', 'deployments', 'workspace']) {
      expect(await ask(framed, `/pages/${page}`)).toContain('Long gone');
      for (const other of [signedIn, theAdministrator]) {
        expect(await ask(other, `/pages/${page}`)).not.toContain('Long gone');
      }
    }
  });

  it('neither is shown what is the own work of the other', async () => {
    const address = '/pages/work-in-progress?whose=mine';
    const [own, theirs] = [await ask(framed, address), await ask(signedIn, address)];
    const anew = await viewed.askAnew(await viewed.issue(signedIn ?? theAdministrator), address);
    expect(leaveOut(theirs)).toBe(leaveOut(anew.text));
    expect([own, theirs].map((text) => text.includes('whose&#x3D;mine'))).toEqual([true, true]);
  });

  it('what an administrator may do stands in no body of a viewer', async () => {
    const address = '/pages/deployments?range=365';
    expect(await ask(theAdministrator, address)).toContain('row-menu');
    expect(await ask(framed, address)).not.toContain('row-menu');
    expect(await ask(theAdministrator, address)).toContain('row-menu');
  });
});
