import {
  addPublicOnes,
  bindSight,
  decideInFrame,
  decideSignedIn,
  seesAll,
  type KnownRights,
  type OpenSight,
} from './visible-repositories';

const hour = 3_600_000;
const now = 100 * hour;
const belief = { now, believedMs: hour };
const rights = (change: Partial<KnownRights> = {}): KnownRights => ({
  ...{ isAdministrator: false, repositories: ['{drums}'], readAt: now },
  ...change,
});

describe('In our own window', () => {
  const decide = (known: KnownRights | null, isByLink = false) => decideSignedIn(known, { ...belief, isByLink });

  it('whoever has no right sees nothing', () => {
    expect(decide(null)).toEqual({ kind: 'closed', basis: 'no_right' });
  });

  it('the rights of the sign-in hold as long as they are believed; those of a link do not age', () => {
    expect(decide(rights({ readAt: now - hour }))).toMatchObject({ kind: 'open', repositories: ['{drums}'] });
    expect(decide(rights({ readAt: now - hour - 1 }))).toEqual({ kind: 'stale' });
    expect(decide(rights({ readAt: 0, repositories: null }), true)).toMatchObject({ repositories: null, basis: 'all' });
  });

  it('an administrator sees all, and a right in nothing is nothing', () => {
    expect(decide(rights({ isAdministrator: true }))).toMatchObject({ repositories: null, isAdministrator: true });
    expect(decide(rights({ repositories: [] }))).toMatchObject({ repositories: [], basis: 'bitbucket' });
  });
});

describe("Inside Bitbucket's frame", () => {
  const usual = { ...belief, rights: null, answered: null, hasTold: false, choice: 'everybody' } as const;
  const decide = (change: Partial<Parameters<typeof decideInFrame>[0]>) => decideInFrame({ ...usual, ...change });

  it('what Bitbucket told holds, and as long again while it cannot be asked', () => {
    expect(decide({ rights: rights() })).toMatchObject({ repositories: ['{drums}'], basis: 'bitbucket' });
    const old = rights({ readAt: now - 2 * hour });
    expect(decide({ rights: old, answered: 'failed' })).toMatchObject({ repositories: ['{drums}'] });
    const tooOld = rights({ readAt: now - 2 * hour - 1 });
    expect(decide({ rights: tooOld, answered: 'failed', hasTold: true })).toEqual({ kind: 'stale' });
  });

  it('where it does not tell, an administrator has chosen', () => {
    const everybody = { kind: 'open', repositories: null, basis: 'everybody', isAdministrator: null };
    expect(decide({ answered: 'not_told' })).toEqual(everybody);
    expect(decide({ answered: 'failed' })).toEqual(everybody);
    const closed = { kind: 'closed', basis: 'administrators' };
    expect(decide({ answered: 'not_told', choice: 'administrators' })).toEqual(closed);
    expect(decide({ answered: 'not_told', rights: rights({ readAt: now - hour - 1 }) })).toEqual(everybody);
  });

  it('a workspace of which it tells does not open to everybody because it could not be asked', () => {
    expect(decide({ answered: 'failed', hasTold: true })).toEqual({ kind: 'stale' });
    expect(decide({ answered: 'not_told', hasTold: true })).toMatchObject({ basis: 'everybody' });
  });
});

describe('What is left', () => {
  const some: OpenSight = { kind: 'open', repositories: ['{drums}'], basis: 'bitbucket', isAdministrator: false };

  it('is what a page is bound to, if that may be seen', () => {
    expect(bindSight(some, null)).toEqual(some);
    expect(bindSight(some, '{drums}')).toEqual(some);
    expect(bindSight(some, '{flutes}').repositories).toEqual([]);
    expect(bindSight(seesAll, null)).toEqual(seesAll);
    expect(bindSight(seesAll, '{flutes}').repositories).toEqual(['{flutes}']);
  });

  it('and what is public besides, each once', () => {
    const known = [
      { uuid: '{drums}', isPrivate: false },
      { uuid: '{bells}', isPrivate: false },
      { uuid: '{flutes}', isPrivate: true },
      { uuid: '{horns}', isPrivate: null },
    ];
    const counts = { visible: 2, all: 4 };
    expect(addPublicOnes(some, known)).toEqual({ ...some, repositories: ['{drums}', '{bells}'], counts });
    expect(addPublicOnes(seesAll, known)).toEqual(seesAll);
  });
});
