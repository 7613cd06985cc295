import { hashOf, uuidOf } from './random';
import type { Account, Group } from './model';

/** An account of the sample world; the same name always gives the same uuid. */
export function createAccount(name: string, kind: Account['kind'] = 'user', isFormer = false): Account {
  const nickname = name.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '.');
  return {
    uuid: uuidOf(`account ${name}`),
    accountId: `557058:${uuidOf(`atlassian ${name}`).slice(1, -1)}`,
    kind,
    displayName: isFormer ? 'Former user' : name,
    nickname: isFormer ? 'former' : nickname,
    email: `${nickname}@acme.example`,
    isFormer,
  };
}

/** The author line of a commit, as git keeps it. */
export function toRawAuthor(account: Account | null): string {
  if (account === null) {
    return `build-${hashOf('raw').slice(0, 4)}`;
  }
  return `${account.displayName} <${account.email}>`;
}

const names = [
  ...['Amara Okafor', 'Benjamin Roth', 'Carla Mendes', 'Daniel Novak', 'Elif Yıldız', 'Farid Haddad'],
  ...['Grace Lindqvist', 'Hiroshi Tanaka', 'Inés Ferrer', 'Jonas Weber', 'Katya Petrova', 'Liam O’Connor'],
  ...['Mei Chen', 'Nadia Rahman', 'Oskar Nilsson', 'Priya Sharma', 'Quentin Dubois', 'Rosa Álvarez'],
  ...['Samuel Mbeki', 'Tove Hansen', 'Uma Iyer', 'Viktor Kovács', 'Wanda Zielińska', 'Yusuf Demir'],
];

export interface SampleStaff {
  readonly people: readonly Account[];
  /** Those who write by hand and are still there. */
  readonly staff: readonly Account[];
  readonly former: readonly Account[];
  readonly bots: readonly Account[];
  readonly owner: Account;
  /** Who may change settings; the owner among them. */
  readonly administrators: readonly Account[];
}

/** Bots come as apps, or as accounts that only look like people. */
export function isBot({ kind, displayName }: Account): boolean {
  return kind !== 'user' || displayName.endsWith(' Bot');
}

export function createSampleStaff(): SampleStaff {
  const staff = names.map((name) => createAccount(name));
  const former = [createAccount('Xavier Long', 'user', true), createAccount('Zoe Park', 'user', true)];
  const bots = [createAccount('Renovate Bot', 'app_user'), createAccount('Release Pipeline', 'app_user')];
  const coverage = createAccount('Coverage Bot');
  const owner = staff[0];
  if (owner === undefined) {
    throw new Error('A workspace needs an owner.');
  }
  return {
    people: [...staff, ...former, ...bots, coverage],
    ...{ staff, former, owner },
    bots: [...bots, coverage],
    administrators: [owner, ...staff.slice(7, 8), ...staff.slice(19, 20)],
  };
}

/** Five groups that overlap, all developers, and one of a single member, which is no team. */
export function createSampleGroups(staff: readonly Account[]): Group[] {
  const members = (from: number, to: number): string[] => staff.slice(from, to).map(({ uuid }) => uuid);
  return [
    { slug: 'storefront', name: 'Storefront', memberUuids: members(0, 7) },
    { slug: 'payments', name: 'Payments', memberUuids: members(5, 12) },
    { slug: 'platform', name: 'Platform', memberUuids: members(11, 18) },
    { slug: 'data', name: 'Data', memberUuids: members(17, 22) },
    {
      slug: 'release-captains',
      name: 'Release captains',
      memberUuids: [...members(0, 1), ...members(8, 9), ...members(14, 15)],
    },
    { slug: 'developers', name: 'Developers', memberUuids: members(0, staff.length) },
    { slug: 'security-officer', name: 'Security officer', memberUuids: members(22, 23) },
  ];
}
