import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import { BitbucketUnavailable, Interrupted, RateLimited } from '../../bitbucket/client/errors';
import { createSilentLog } from '../../machine/log';
import { aWorkspaceUuid as workspace, anInstant, minute } from '../../../test/support/builders';
import { createFixedClock } from '../../../test/support/fixed-clock';
import type { TestStores } from '../../../test/support/test-database';
import { openWorkspaceStores } from '../../../test/support/workspace-stores';
import { Administrators } from './administrators';

const ada = '{aaaaaaaa-0000-4000-8000-000000000001}';
const bob = '{bbbbbbbb-0000-4000-8000-000000000002}';

let stores: TestStores;
let clock: ReturnType<typeof createFixedClock>;
/** What Bitbucket says next; every asking is noted by its lane. */
let says: () => Promise<string[] | null>;
let asked: string[];

beforeEach(async () => {
  stores = await openWorkspaceStores('sqlite');
  clock = createFixedClock(anInstant);
  asked = [];
  says = async () => [ada];
});
afterEach(() => stores.close());

const open = (_workspace: string, lane: string): BitbucketApi => {
  const listAdministrators = async () => {
    asked.push(lane);
    return says();
  };
  return { listAdministrators } as Partial<BitbucketApi> as BitbucketApi;
};
const create = (deadlineMs = 60_000) => new Administrators({ stores, clock, log: createSilentLog(), open, deadlineMs });

describe('Whether somebody is an administrator', () => {
  it('is asked of Bitbucket once for all who ask at the same time', async () => {
    const administrators = create();
    const answers = [ada, bob, ada.toUpperCase()].map((uuid) => administrators.isAdministrator(workspace, uuid));
    expect(await Promise.all(answers)).toEqual([true, false, true]);
    expect(asked).toEqual(['live']);
  });

  it('is asked again after a minute for one who was none', async () => {
    const administrators = create();
    await administrators.isAdministrator(workspace, bob);
    says = async () => [ada, bob];
    clock.advance(minute);
    expect(await administrators.isAdministrator(workspace, bob)).toBe(false);
    clock.advance(1);
    expect(await administrators.isAdministrator(workspace, bob)).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it('is asked again after a quarter of an hour for one who was one', async () => {
    const administrators = create();
    await administrators.isAdministrator(workspace, ada);
    says = async () => [bob];
    clock.advance(15 * minute);
    expect(await administrators.isAdministrator(workspace, ada)).toBe(true);
    clock.advance(1);
    expect(await administrators.isAdministrator(workspace, ada)).toBe(false);
  });

  it('is unknown while Bitbucket never told, and it is not asked more than once a minute', async () => {
    const administrators = create();
    says = async () => null;
    for (let count = 0; count < 3; count += 1) {
      expect(await administrators.isAdministrator(workspace, ada)).toBeNull();
    }
    expect(asked).toHaveLength(1);
  });

  it('is asked once in a quarter of an hour where Bitbucket does not tell, whoever wants to know', async () => {
    const administrators = create();
    says = async () => null;
    for (let count = 0; count < 15; count += 1) {
      expect(await administrators.isAdministrator(workspace, bob)).toBeNull();
      clock.advance(minute);
    }
    expect(asked).toHaveLength(1);
    says = async () => [bob];
    clock.advance(1);
    expect(await administrators.isAdministrator(workspace, bob)).toBe(true);
  });

  it('is as last known when Bitbucket fails, refuses, or takes too long', async () => {
    const administrators = create();
    await administrators.isAdministrator(workspace, ada);
    const failures = [
      async () => Promise.reject(new BitbucketUnavailable({ status: 503, reason: 'no' })),
      async () => Promise.reject(new RateLimited(anInstant)),
      async () => null,
    ];
    for (const failure of failures) {
      says = failure;
      clock.advance(16 * minute);
      expect(await administrators.isAdministrator(workspace, ada)).toBe(true);
      expect(await administrators.isAdministrator(workspace, bob)).toBe(false);
    }
    expect(asked).toHaveLength(4);
    says = () => new Promise(() => undefined);
    expect(await create(1).isAdministrator(workspace, ada)).toBe(true);
    expect(asked).toHaveLength(5);
  });
});

describe('Whether somebody may change something', () => {
  it('goes by what Bitbucket said within the last minute, and is asked once for all who change something', async () => {
    const administrators = create();
    const confirm = (uuid: string) => administrators.confirm(workspace, uuid);
    expect(await Promise.all([ada, bob, ada.toUpperCase()].map(confirm))).toEqual(['yes', 'no', 'yes']);
    says = async () => [bob];
    clock.advance(minute);
    expect(await confirm(ada)).toBe('yes');
    expect(asked).toHaveLength(1);
    clock.advance(1);
    expect(await Promise.all([ada, bob].map(confirm))).toEqual(['no', 'yes']);
    // Another process knows by the store; but nothing is believed that seems to have been read later than now.
    expect(await create().confirm(workspace, bob)).toBe('yes');
    expect(asked).toHaveLength(2);
    clock.advance(-5 * minute);
    expect(await confirm(bob)).toBe('yes');
    expect(asked).toHaveLength(3);
  });

  it('is never guessed while Bitbucket fails or is silent, and it is asked again after a few seconds', async () => {
    const administrators = create();
    const confirm = () => administrators.confirm(workspace, ada);
    await confirm();
    clock.advance(minute + 1);
    says = async () => Promise.reject(new BitbucketUnavailable({ status: 503, reason: 'no' }));
    expect([await confirm(), await confirm()]).toEqual(['unreachable', 'unreachable']);
    expect(asked).toHaveLength(2);
    expect(await administrators.isAdministrator(workspace, ada)).toBe(true);
    says = async () => Promise.reject(new RateLimited(anInstant));
    clock.advance(5_000);
    expect(await confirm()).toBe('unreachable');
    says = async () => [ada];
    clock.advance(5_000);
    expect(await confirm()).toBe('yes');
    says = () => new Promise(() => undefined);
    clock.advance(minute + 1);
    expect(await create(1).confirm(workspace, ada)).toBe('unreachable');
  });

  it('is not told where Bitbucket refuses to, also when it told before, which is asked every quarter of an hour', async () => {
    const administrators = create();
    await administrators.confirm(workspace, ada);
    clock.advance(minute + 1);
    says = async () => null;
    for (let count = 0; count < 15; count += 1) {
      expect(await administrators.confirm(workspace, bob)).toBe('not_told');
      clock.advance(minute);
    }
    expect(asked).toHaveLength(2);
    says = async () => [bob];
    clock.advance(1);
    expect(await administrators.confirm(workspace, bob)).toBe('yes');
  });
});

describe('An answer that names nobody', () => {
  it('tells nothing where Bitbucket has never told, and is a failure where it has', async () => {
    const other = { status: 200, reason: 'the answer is no page of a list' };
    says = () => Promise.reject(new BitbucketUnavailable(other));
    expect(await create().confirm(workspace, ada)).toBe('not_told');
    says = async () => [ada];
    expect(await create().confirm(workspace, ada)).toBe('yes');
    clock.advance(minute + 1);
    says = () => Promise.reject(new BitbucketUnavailable(other));
    expect(await create().confirm(workspace, ada)).toBe('unreachable');
  });
});

describe('Work beside the groups', () => {
  it('reads them, but not twice in a quarter of an hour', async () => {
    const administrators = create();
    await administrators.freshen(workspace, open(workspace, 'import'));
    await administrators.freshen(workspace, open(workspace, 'import'));
    expect(await stores.administrators.readAt(workspace)).toBe(anInstant);
    // Another process knows by the store that they were read.
    await create().freshen(workspace, open(workspace, 'import'));
    expect(asked).toEqual(['import']);
    clock.advance(15 * minute + 1);
    await administrators.freshen(workspace, open(workspace, 'import'));
    expect(asked).toHaveLength(2);
  });

  it('goes on without them when they cannot be read, but not past a limit or the end of the process', async () => {
    says = async () => Promise.reject(new BitbucketUnavailable({ status: 500, reason: 'no' }));
    await create().freshen(workspace, open(workspace, 'import'));
    expect(await stores.administrators.readAt(workspace)).toBeNull();
    says = async () => Promise.reject(new RateLimited(anInstant));
    await expect(create().freshen(workspace, open(workspace, 'import'))).rejects.toThrow(RateLimited);
    says = async () => Promise.reject(new Interrupted());
    await expect(create().freshen(workspace, open(workspace, 'import'))).rejects.toThrow(Interrupted);
  });
});
