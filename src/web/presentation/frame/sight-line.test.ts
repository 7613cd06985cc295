import { seesAll, type OpenSight } from '../../../domain/people/visible-repositories';
import { formatSight } from './sight-line';

const some: OpenSight = { kind: 'open', repositories: ['{a}'], basis: 'bitbucket', isAdministrator: false };
const line = (visible: number, all: number) => formatSight({ ...some, counts: { visible, all } });

test('a page says which repositories its reader sees, unless it is simply all', () => {
  expect(line(3, 12)).toBe('You see the 3 of 12 repositories that you may read in Bitbucket.');
  expect(line(0, 12)).toBe('You see no repository: Bitbucket names no permission of yours in this workspace.');
  expect(formatSight({ ...some, repositories: null, basis: 'everybody' })).toBe(
    'Everybody who can open this page sees all repositories.',
  );
  for (const quiet of [line(12, 12), formatSight(seesAll), formatSight(some)]) expect(quiet).toBeNull();
});
