import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import { AccessRevoked, BitbucketUnavailable, RateLimited } from '../../bitbucket/client/errors';
import { createSilentLog } from '../../machine/log';
import { defaultWorkspaceSettings } from '../../domain/settings/workspace-settings';
import { aRepository, aWorkspaceUuid as workspace, anInstant, minute } from '../../../test/support/builders';
import { createFixedClock } from '../../../test/support/fixed-clock';
import type { TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import { Viewers, type Looking } from './viewers';

const ada = '{aaaaaaaa-0000-4000-8000-000000000001}';
const bob = '{bbbbbbbb-0000-4000-8000-000000000002}';
const drums = '{dddddddd-0000-4000-8000-000000000003}';
const flutes = '{ffffffff-0000-4000-8000-000000000004}';
const commons = '{cccccccc-0000-4000-8000-000000000005}';

let stores: TestStores;
let clock: ReturnType<typeof createFixedClock>;
/** What Bitbucket says next; whoever it is asked of is noted. */
let says: (user: string) => Promise<string[] | null>;
let asked: string[];

beforeEach(async () => {
  stores = await openWorkspaceStores('sqlite');
  clock = createFixedClock(anInstant);
  asked = [];
  says = async () => [drums];
  await stores.repositories.saveAll(workspace, [
    aRepository({ uuid: drums, slug: 'drums' }),
    aRepository({ uuid: commons, slug: 'commons', isPrivate: false }),
  ]);
});
afterEach(() => stores.close());

const open = (): BitbucketApi => {
  const listVisibleRepositories = async (_workspace: string, user: string) => {
    asked.push(user);
    return says(user);
  };
  return { listVisibleRepositories } as Partial<BitbucketApi> as BitbucketApi;
};
const administrators = { freshen: async () => undefined };
const create = (deadlineMs = 60_000) =>
  new Viewers({ stores, clock, log: createSilentLog(), open, administrators, viewerRightsMinutes: 60, deadlineMs });
const at = (change: Partial<Looking> = {}): Looking => ({
  ...{ workspace, viewer: bob, signIn: null, isAdministrator: null },
  ...change,
});
const unavailable = async () => Promise.reject(new BitbucketUnavailable({ status: 503, reason: 'no' }));
const choose = (viewersWithoutRights: 'everybody' | 'administrators') =>
  stores.settings.save(workspace, { ...defaultWorkspaceSettings, viewersWithoutRights });

describe("What a viewer inside Bitbucket's frame may see", () => {
  it('is what Bitbucket says, and what is public; asked once for all who ask at the same time', async () => {
    const viewers = create();
    const sights = await Promise.all([1, 2, 3].map(() => viewers.see(at())));
    const sight = {
      ...{ kind: 'open', basis: 'bitbucket', isAdministrator: false, repositories: [drums, commons] },
      counts: { visible: 2, all: 2 },
    };
    expect(sights).toEqual([sight, sight, sight]);
    await create().see(at({ viewer: bob.toUpperCase() }));
    expect(asked).toEqual([bob]);
  });

  it('is all for an administrator, of whom nothing is asked', async () => {
    await stores.administrators.replaceAll(workspace, { userUuids: [ada], now: anInstant });
    expect(await create().see(at({ viewer: ada }))).toMatchObject({ repositories: null, basis: 'all' });
    expect(await create().see(at({ isAdministrator: true }))).toMatchObject({ repositories: null, basis: 'all' });
    expect(asked).toEqual([]);
  });

  it('is asked again once it is no longer believed; the old answer serves meanwhile, for as long again', async () => {
    const viewers = create();
    await viewers.see(at());
    says = async () => [flutes];
    clock.advance(60 * minute + 1);
    expect(await viewers.see(at())).toMatchObject({ repositories: [drums, commons] });
    // A repository that Bitbucket itself shows is worth waiting for.
    expect(await viewers.see(at({ shown: flutes }))).toMatchObject({ repositories: [flutes, commons] });
    says = async () => [];
    clock.advance(121 * minute);
    expect(await viewers.see(at())).toMatchObject({ repositories: [commons] });
    expect(asked).toHaveLength(3);
  });

  it('is asked again for a repository that Bitbucket itself shows them, once a minute at most', async () => {
    const viewers = create();
    await viewers.see(at());
    says = async () => [drums, flutes];
    expect(await viewers.see(at({ shown: flutes }))).toMatchObject({ repositories: [drums, commons] });
    clock.advance(minute + 1);
    expect(await viewers.see(at({ shown: flutes }))).toMatchObject({ repositories: [drums, flutes, commons] });
    expect(asked).toHaveLength(2);
  });

  it('is as an administrator chose where Bitbucket does not tell, or nobody is named', async () => {
    says = async () => null;
    const viewers = create();
    for (const viewer of [bob, null]) {
      expect(await viewers.see(at({ viewer }))).toMatchObject({ repositories: null, basis: 'everybody' });
    }
    await choose('administrators');
    for (const viewer of [bob, null]) {
      expect(await viewers.see(at({ viewer }))).toEqual({ kind: 'closed', basis: 'administrators' });
    }
    expect(asked).toEqual([bob]);
  });

  it('is asked again a minute after a failure, and nobody waits longer than the deadline', async () => {
    const viewers = create(1);
    for (const failure of [unavailable, async () => Promise.reject(new RateLimited(anInstant))]) {
      says = failure;
      expect(await viewers.see(at())).toMatchObject({ basis: 'everybody' });
      await viewers.see(at());
      clock.advance(minute + 1);
    }
    expect(asked).toHaveLength(2);
    says = () => new Promise(() => undefined);
    expect(await viewers.see(at())).toMatchObject({ basis: 'everybody' });
    expect(await viewers.see(at())).toMatchObject({ basis: 'everybody' });
    expect(asked).toHaveLength(3);
  });

  it('does not become all because Bitbucket, which tells of others, cannot be asked just now', async () => {
    await create().see(at({ viewer: ada }));
    for (const failure of [unavailable, async () => Promise.reject(new AccessRevoked())]) {
      says = failure;
      expect(await create().see(at())).toEqual({ kind: 'stale' });
    }
  });
});

describe('What a viewer in our own window may see', () => {
  const saveRights = (viewer: string, repositories: string[] | null) =>
    stores.viewers.saveRights(workspace, viewer, { isAdministrator: false, repositories, readAt: clock.now() });

  it('is what was read at the sign-in, until that is no longer believed; Bitbucket is not asked', async () => {
    await saveRights(bob, [flutes]);
    const viewers = create();
    expect(await viewers.see(at({ signIn: 's' }))).toMatchObject({ repositories: [flutes, commons] });
    expect(await viewers.see(at({ signIn: 's', viewer: ada }))).toEqual({ kind: 'closed', basis: 'no_right' });
    expect(await viewers.see(at({ signIn: 's', viewer: null, isAdministrator: true }))).toMatchObject({
      kind: 'closed',
    });
    clock.advance(60 * minute + 1);
    expect(await viewers.see(at({ signIn: 's' }))).toEqual({ kind: 'stale' });
    expect(asked).toEqual([]);
  });

  it('is all by a link, as long as that is', async () => {
    await saveRights('link:1', null);
    clock.advance(1_000 * minute);
    expect(await create().see(at({ signIn: 's', viewer: 'link:1' }))).toMatchObject({ basis: 'all' });
  });
});
