import { anInstant, aWorkspaceUuid as workspace, day } from '../../../test/support/builders';
import { databaseKinds, openTestStores, type TestStores } from '../../../test/support/test-database';
import { mostSavedViews } from '../../domain/views/saved-view';
import type { NewView } from './view-store';

const other = '{99999999-9999-4999-8999-999999999999}';

function aView(change: Partial<NewView> = {}): NewView {
  const query = 'range=last-month&system=%7B22222222-2222-4222-8222-222222222222%7D';
  const labels = { '{22222222-2222-4222-8222-222222222222}': 'Drums "&" <b>' };
  return { name: 'Payments', page: 'workspace', query, labels, madeBy: '{a}', now: anInstant, ...change };
}

describe.each(databaseKinds)('Views on %s', (kind) => {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await openTestStores(kind);
    for (const uuid of [workspace, other]) {
      await stores.workspaces.save({ uuid, slug: 'acme', name: 'Acme', connectedAt: anInstant });
    }
  });
  afterEach(() => stores.close());

  const version = async (): Promise<number> => (await stores.workspaces.get(workspace))?.version ?? -1;
  const add = async (view: Partial<NewView> = {}, uuid = workspace) => {
    const added = await stores.views.add(uuid, aView(view));
    return typeof added === 'string' ? added : added.id;
  };

  it('come back as they were saved, by name, in their own workspace alone', async () => {
    const second = await add({ name: 'Web', madeBy: null, labels: {} });
    const first = await add();
    const { name, page, query, labels, madeBy } = aView();
    expect(await stores.views.list(workspace)).toEqual({
      usual: null,
      saved: [
        { id: first, name, page, query, labels, madeBy, madeAt: anInstant },
        { id: second, name: 'Web', page, query, labels: {}, madeBy: null, madeAt: anInstant },
      ],
    });
    expect(await stores.views.list(other)).toEqual({ saved: [], usual: null });
  });

  it('have a name each, whatever its case, also when several are saved at once', async () => {
    const made = await Promise.all(['Équipe', 'équipe', 'E\u0301QUIPE'].map((name) => add({ name })));
    expect(made.filter((one) => one === 'taken')).toHaveLength(2);
    expect(await add({ name: 'Équipe' }, other)).not.toBe('taken');
  });

  it('are a hundred at most', async () => {
    for (let number = 0; number < mostSavedViews; number += 1) await add({ name: `View ${number}` });
    expect(await add({ name: 'One too many' })).toBe('too_many');
    expect((await stores.views.list(workspace)).saved).toHaveLength(mostSavedViews);
    expect(await add({ name: 'Elsewhere' }, other)).not.toBe('too_many');
  });

  it('are deleted once, and only by their own workspace', async () => {
    const id = await add();
    expect(await stores.views.delete(other, id)).toBe(false);
    expect(await stores.views.delete(workspace, id)).toBe(true);
    expect(await stores.views.delete(workspace, id)).toBe(false);
    expect((await stores.views.list(workspace)).saved).toEqual([]);
  });

  it('have one default a workspace, which goes back to the one built in', async () => {
    const by = { viewer: '{a}', now: anInstant };
    await stores.views.saveUsual(workspace, 'range=30', by);
    await stores.views.saveUsual(workspace, 'range=this-year&interval=month', { viewer: null, now: anInstant + day });
    expect((await stores.views.list(workspace)).usual).toBe('range=this-year&interval=month');
    expect((await stores.views.list(other)).usual).toBeNull();
    await stores.views.saveUsual(workspace, null, by);
    expect((await stores.views.list(workspace)).usual).toBeNull();
  });

  it('give the workspace a new version when what it keeps changes, and only then', async () => {
    const before = await version();
    const id = await add();
    await add();
    await stores.views.delete(workspace, id);
    await stores.views.delete(workspace, id);
    await stores.views.saveUsual(workspace, 'range=30', { viewer: null, now: anInstant });
    expect(await version()).toBe(before + 3);
    const kept = { query: 'range=7', labels: {} };
    await stores.views.saveLast({ workspace, viewer: '{a}', place: '' }, kept, anInstant);
    expect(await version()).toBe(before + 3);
  });

  it('that a viewer saw last are theirs, one for each place, and the last one counts', async () => {
    const of = { workspace, viewer: '{a}', place: '' };
    const { query, labels } = aView();
    await stores.views.saveLast(of, { query: 'range=7', labels: {} }, anInstant);
    await stores.views.saveLast({ ...of, place: '{b}' }, { query: 'range=14', labels: {} }, anInstant);
    await stores.views.saveLast(of, { query, labels }, anInstant + day);
    expect(await stores.views.getLast(of)).toEqual({ query, labels });
    expect(await stores.views.getLast({ ...of, place: '{b}' })).toEqual({ query: 'range=14', labels: {} });
    for (const none of [{ viewer: '{b}' }, { workspace: other }, { place: '{c}' }]) {
      expect(await stores.views.getLast({ ...of, ...none })).toBeNull();
    }
  });
});
