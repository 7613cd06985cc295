import { endTeam, pickManualSlug, replaceGroups, type KnownTeam } from './replace-groups';
import { isTeam } from './team';
import { toTeamSlug } from './team-slugs';

const member = (userUuid: string) => ({ userUuid, since: null, until: null });
const byHand: KnownTeam = {
  ...{ slug: 'core', name: 'Core', source: 'manual', groupSlug: null, isDeleted: false },
  members: [{ userUuid: '{a}', since: 1, until: null }],
};
const group = { slug: 'core', name: 'Group', memberUuids: ['{b}', '{a}', '{a}'] };
const bySlug = (...teams: KnownTeam[]) => new Map(teams.map((team) => [team.slug, team]));

describe('The slug of a team', () => {
  it.each([
    ['Platform & Data', 'platform-data'],
    ['Équipe Café', 'equipe-cafe'],
    ['  --  ', 'team'],
    ['队', 'team'],
  ])('of %p is %p', (name, slug) => {
    expect(toTeamSlug(name)).toBe(slug);
  });

  it('is a free one, or stays', () => {
    const before = bySlug(byHand);
    expect(pickManualSlug({ slug: 'core', name: 'Kernel' }, before)).toBe('core');
    expect(pickManualSlug({ slug: null, name: 'Core' }, before)).toBe('core-2');
    expect(pickManualSlug({ slug: null, name: 'Web' }, before)).toBe('web');
  });
});

describe('The groups of a reading', () => {
  it('are teams with each member once, and go by another slug where a team kept by hand has taken theirs', () => {
    const shared = {
      ...{ slug: 'core', name: 'Group', source: 'group', groupSlug: 'core', isDeleted: false },
      members: [member('{a}'), member('{b}')],
    };
    expect(replaceGroups(bySlug(), [group])).toEqual([shared]);
    const [taken] = replaceGroups(bySlug(byHand), [group]);
    expect(taken).toEqual({ ...shared, slug: 'core-group' });
    expect(taken && replaceGroups(bySlug(byHand, taken), [group])).toEqual([taken]);
  });

  it('are deleted when they are no longer listed, and leave teams kept by hand alone', () => {
    const [known] = replaceGroups(bySlug(), [group]);
    expect(known && replaceGroups(bySlug(known), [])).toEqual([{ ...known, isDeleted: true, members: [] }]);
    expect(replaceGroups(bySlug(byHand), [])).toEqual([]);
  });

  it('are teams from two members on', () => {
    expect(isTeam({ source: 'group', members: [member('{a}')] })).toBe(false);
    expect(isTeam({ source: 'group', members: [member('{a}'), member('{b}')] })).toBe(true);
    expect(isTeam({ source: 'manual', members: [] })).toBe(true);
  });
});

it('A team kept by hand that is deleted ends every membership that lasts longer', () => {
  const members = [
    { userUuid: '{a}', since: 1, until: null },
    { userUuid: '{b}', since: 1, until: 3 },
    { userUuid: '{c}', since: 1, until: 9 },
  ];
  expect(endTeam({ ...byHand, members }, 5)).toMatchObject({
    isDeleted: true,
    members: [{ until: 5 }, { until: 3 }, { until: 5 }],
  });
});
