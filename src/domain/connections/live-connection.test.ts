import { enable, giveBack, makeLive, pickTelling, type ConnectionState } from './live-connection';

type Connection = ConnectionState & { readonly installedAt: number };

function aConnection(change: Partial<Connection>): Connection {
  return {
    ...{ kind: 'connect', reference: 'k', status: 'live', epoch: 'of k', uninstalledAt: null, problem: null },
    ...{ installedAt: 1, ...change },
  };
}
const k = aConnection({});
const hook = aConnection({ kind: 'access_token', reference: 'hook', epoch: 'of hook' });
const later = aConnection({
  reference: 'later',
  epoch: 'of later',
  status: 'disabled',
  problem: 'p',
  uninstalledAt: 3,
});

describe('The connections of a workspace', () => {
  it('are told of by the live one, else by the last installed that is not superseded', () => {
    const gone = aConnection({ status: 'uninstalled', installedAt: 5 });
    const superseded = aConnection({ reference: 's', status: 'superseded', installedAt: 9 });
    const older = aConnection({ reference: 'a', status: 'disabled', installedAt: 4 });
    expect(pickTelling([superseded, gone, k])).toBe(k);
    expect(pickTelling([superseded, older, gone])).toBe(gone);
    expect(pickTelling([superseded])).toBe(superseded);
    expect(pickTelling([gone, { ...gone, reference: 'a' }])?.reference).toBe('a');
    expect(pickTelling([])).toBeNull();
  });

  it('end when another of their kind becomes live, superseded ones too', () => {
    const superseded = { ...k, reference: 's', status: 'superseded' as const };
    expect(makeLive([k, superseded, later], later, 7)).toEqual([
      { ...k, status: 'uninstalled', uninstalledAt: 7 },
      { ...superseded, status: 'uninstalled', uninstalledAt: 7 },
      { ...later, status: 'live', uninstalledAt: null, problem: null },
    ]);
  });

  it('are superseded when one of another kind becomes live, which goes on with their sessions', () => {
    expect(makeLive([hook, later], later, 7)).toEqual([
      { ...hook, status: 'superseded' },
      { ...later, status: 'live', epoch: 'of hook', uninstalledAt: null, problem: null },
    ]);
    const gone = { ...hook, status: 'uninstalled' as const };
    expect(makeLive([gone, later], later, 7)).toMatchObject([{ reference: 'later', epoch: 'of later' }]);
  });

  it('are superseded when they are enabled beside a live one of another kind, and live otherwise', () => {
    expect(enable([hook, later], later, 7)).toEqual([
      { ...later, status: 'superseded', uninstalledAt: null, problem: null },
    ]);
    expect(enable([k, later], later, 7)).toMatchObject([
      { reference: 'k', status: 'uninstalled' },
      { reference: 'later', status: 'live' },
    ]);
  });

  it('go back to the one that made room, with the sessions of the one that leaves, and nothing else changes', () => {
    const leaving = { ...hook, epoch: 'of both' };
    const back = { ...k, status: 'superseded' as const, problem: 'p' };
    expect(giveBack([back, later, leaving], leaving, 7)).toEqual([
      { ...leaving, status: 'uninstalled', uninstalledAt: 7 },
      { ...back, status: 'live', epoch: 'of both', problem: null },
    ]);
    expect(giveBack([later, leaving], leaving, 7)).toEqual([]);
    expect(giveBack([back, { ...leaving, status: 'uninstalled' }], leaving, 7)).toEqual([]);
    const ofOneKind = [{ ...leaving, reference: 'other', status: 'superseded' as const }, leaving];
    expect(giveBack(ofOneKind, leaving, 7)).toEqual([]);
  });
});
