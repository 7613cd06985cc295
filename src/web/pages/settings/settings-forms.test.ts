import { checkFields, toFields } from './settings-form';
import { checkTeam } from './team-form';
import { defaultWorkspaceSettings } from '../../../domain/workspace-settings';
import type { Team } from '../../../domain/team';

const typed = toFields(defaultWorkspaceSettings);
const day = 86_400_000;

describe('the settings form', () => {
  it('gives back what is stored', () => {
    expect(checkFields(typed)).toEqual({ settings: defaultWorkspaceSettings });
  });

  it('takes one prefix a line, each once, whatever the lines end with', () => {
    const checked = checkFields({ ...typed, branchPrefixes: 'hotfix\r\n\r\n  fix/ \r\nhotfix' });
    expect(checked).toMatchObject({ settings: { incidentRules: { branchPrefixes: ['hotfix', 'fix/'] } } });
  });

  it('says what is wrong beside each field', () => {
    const checked = checkFields({ ...typed, timezone: 'Mars/Base', levels: 'dora-1999', branchPrefixes: 'a b' });
    expect(checked).toMatchObject({
      errors: {
        timezone: 'There is no time zone "Mars/Base".',
        levels: 'Choose one of the tables.',
        branchPrefixes: 'A branch prefix has no space and none of ~ ^ : ? * [; "a b" has.',
      },
    });
  });
});

describe('a team made by hand', () => {
  const people = ['{a}', '{b}', '{c}'];
  const team: Team = {
    slug: 'core',
    name: 'Core',
    source: 'manual',
    isDeleted: false,
    members: [
      { userUuid: '{a}', since: 5 * day, until: null },
      { userUuid: '{b}', since: null, until: null },
    ],
  };
  const fields = { slug: null, name: 'Core', members: ['{a}', '{b}'], sinceToday: false };

  it('has at least two members, all of them known', () => {
    const known = { teams: [], people };
    expect(checkTeam({ ...fields, members: ['{a}'] }, known, 0)).toMatchObject({
      problem: expect.stringContaining('at least 2 members') as string,
    });
    expect(checkTeam({ ...fields, members: ['{a}', '{x}'] }, known, 0)).toHaveProperty('problem');
    expect(checkTeam({ ...fields, name: '' }, known, 0)).toHaveProperty('problem');
    expect(checkTeam(fields, known, 0)).toHaveProperty('team');
  });

  it('keeps the dates of who stays and ends those of who goes', () => {
    const change = { slug: 'core', name: 'Core', members: ['{a}', '{c}'], sinceToday: true };
    expect(checkTeam(change, { teams: [team], people }, 9 * day)).toEqual({
      team: {
        slug: 'core',
        name: 'Core',
        members: [
          { userUuid: '{b}', since: null, until: 9 * day },
          { userUuid: '{a}', since: 5 * day, until: null },
          { userUuid: '{c}', since: 9 * day, until: null },
        ],
      },
    });
  });

  it('cannot be changed when it is no longer there', () => {
    expect(checkTeam({ ...fields, slug: 'gone' }, { teams: [team], people }, 0)).toHaveProperty('problem');
  });
});
