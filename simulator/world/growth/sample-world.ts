import { createAccount, createSampleGroups, createSampleStaff, type SampleStaff } from '../people';
import { growRepository } from './grow-repository';
import { plainHabits } from '../habits';
import { createChance, uuidOf } from '../random';
import { day, hour } from '../working-time';
import type { RepositoryPlan } from './pull-request-plan';
import type { Account, Group, Instant, MergeStrategy, Repository, Workspace, World } from '../model';

interface Sketch {
  readonly slug: string;
  readonly name: string;
  readonly language: string;
  readonly mainBranch: string;
  readonly strategy: MergeStrategy;
  /** Of a thousand pull requests of the workspace. */
  readonly share: number;
  readonly team: readonly [from: number, to: number];
}

const sketches: readonly Sketch[] = [
  sketch('storefront-web', 'Storefront web', { language: 'typescript', strategy: 'squash', share: 270, team: [0, 7] }),
  sketch('checkout-api', 'Checkout API', { language: 'java', strategy: 'merge_commit', share: 190, team: [3, 12] }),
  sketch('payments', 'Payments', { language: 'java', strategy: 'merge_commit', share: 150, team: [5, 12] }),
  sketch('search-service', 'Search service', { language: 'go', strategy: 'fast_forward', share: 110, team: [11, 18] }),
  sketch('mobile-app', 'Mobile app', { language: 'kotlin', strategy: 'squash', share: 100, team: [0, 9] }),
  sketch('data-pipeline', 'Data pipeline', { language: 'python', strategy: 'rebase', share: 80, team: [17, 22] }),
  sketch('infrastructure', 'Infrastructure', { language: 'hcl', strategy: 'squash', share: 60, team: [11, 18] }),
  sketch('design-system', 'Design system', { language: 'typescript', strategy: 'squash', share: 40, team: [20, 24] }),
];

function sketch(slug: string, name: string, rest: Pick<Sketch, 'language' | 'strategy' | 'share' | 'team'>): Sketch {
  return { slug, name, mainBranch: slug === 'payments' ? 'master' : 'main', ...rest };
}

/** How long the sample's history is. */
export const sampleDays = 548;

/**
 * A believable workspace: eight repositories, eighteen months up to `now`, some three thousand pull requests,
 * holidays, bots, people who left, overlapping groups, two repositories of true merges, and a bad release in payments.
 * The same seed and instant give the same world.
 */
export function createSampleWorld(seed: number, now: Instant): World {
  const staff = createSampleStaff();
  const repositories = sketches.map((one, index) =>
    growRepository(planSample(one, staff, now), createChance(seed * 1000 + index)),
  );
  return {
    seed,
    workspaces: [
      createWorkspace('acme', { name: 'Acme', staff, groups: createSampleGroups(staff.staff), repositories, now }),
    ],
  };
}

function planSample(one: Sketch, staff: SampleStaff, now: Instant): RepositoryPlan {
  return {
    ...one,
    pullRequests: one.share * 3 - 10,
    from: now - sampleDays * day,
    now,
    authors: staff.staff.slice(...one.team),
    bots: staff.bots,
    former: staff.former,
    badReleaseAt: one.slug === 'payments' ? now - 38 * day + 9 * hour : null,
  };
}

/** A workspace around repositories. */
export function createWorkspace(
  slug: string,
  from: {
    readonly name: string;
    readonly staff: Pick<SampleStaff, 'people' | 'owner'> & Partial<Pick<SampleStaff, 'administrators'>>;
    readonly groups: Group[];
    readonly repositories: readonly Repository[];
    readonly now: Instant;
  },
): Workspace {
  return {
    uuid: uuidOf(`workspace ${slug}`),
    slug,
    name: from.name,
    isPrivate: true,
    createdAt: from.now - 900 * day,
    ownerUuid: from.staff.owner.uuid,
    administratorUuids: (from.staff.administrators ?? [from.staff.owner]).map(({ uuid }) => uuid),
    people: new Map(from.staff.people.map((person) => [person.uuid, person])),
    groups: from.groups,
    areGroupsReadable: true,
    access: { outsiderUuids: new Set(), rights: new Map() },
    hooks: { made: 0, all: [] },
    habits: { ...plainHabits },
    repositories: new Map(from.repositories.map((repository) => [repository.uuid, repository])),
  };
}

export interface LargeWorld {
  readonly pullRequests: number;
  readonly repositories: number;
  readonly strategy: MergeStrategy;
  readonly seed?: number;
  readonly now?: Instant;
  /** How many days back the history reaches; default 330, within the default import. */
  readonly days?: number;
}

/** A workspace of any size with one way of merging, to measure imports on. */
export function createLargeWorld(size: LargeWorld): World {
  const { seed = 1, now = Date.UTC(2026, 10, 20, 12), days = 330 } = size;
  const staff = createSampleStaff();
  const count = Math.floor(size.pullRequests / size.repositories);
  const repositories = Array.from({ length: size.repositories }, (_, index) => {
    const slug = `service-${String(index + 1).padStart(3, '0')}`;
    const more = index === 0 ? size.pullRequests - count * size.repositories : 0;
    const plan = planLarge(slug, staff, { ...size, now, days, pullRequests: count + more });
    return trimPullRequests(growRepository(plan, createChance(seed * 1000 + index)), count + more);
  });
  const groups = createSampleGroups(staff.staff);
  return { seed, workspaces: [createWorkspace('large', { name: 'Large', staff, groups, repositories, now })] };
}

function planLarge(slug: string, staff: SampleStaff, size: Required<Omit<LargeWorld, 'seed'>>): RepositoryPlan {
  return {
    slug,
    name: slug,
    language: 'go',
    mainBranch: 'main',
    strategy: size.strategy,
    pullRequests: size.pullRequests,
    from: size.now - size.days * day,
    now: size.now,
    authors: staff.staff,
    bots: staff.bots,
    former: staff.former,
    badReleaseAt: null,
  };
}

/** Reverts come on top of the planned number: the newest ones are dropped until the count is exact. */
function trimPullRequests(repository: Repository, count: number): Repository {
  const open = [...repository.pullRequests.values()].filter(({ state }) => state !== 'MERGED').reverse();
  for (const { id } of [...open, ...[...repository.pullRequests.values()].reverse()]) {
    if (repository.pullRequests.size <= count) {
      return repository;
    }
    repository.pullRequests.delete(id);
  }
  return repository;
}

export interface SmallWorkspace {
  readonly slug: string;
  readonly people?: readonly Account[];
  readonly groups?: Group[];
  readonly repositories?: readonly Repository[];
  readonly now?: Instant;
}

/** A workspace without history, to be filled by a test through the controls. */
export function createEmptyWorld(...workspaces: readonly SmallWorkspace[]): World {
  const wanted = workspaces.length === 0 ? [{ slug: 'acme' }] : workspaces;
  return { seed: 0, workspaces: wanted.map(toEmptyWorkspace) };
}

function toEmptyWorkspace({ slug, people, groups = [], repositories = [], now }: SmallWorkspace): Workspace {
  const everybody = people ?? [createAccount('Ada Owner'), createAccount('Ben Author'), createAccount('Cleo Reviewer')];
  const owner = everybody[0] ?? createAccount('Ada Owner');
  const staff = { people: everybody, owner };
  return createWorkspace(slug, { name: slug, staff, groups, repositories, now: now ?? Date.UTC(2026, 10, 20, 12) });
}
