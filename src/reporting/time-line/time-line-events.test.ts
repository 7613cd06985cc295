import { anInstant, hour } from '../../../test/support/builders';
import { aHistory, theIgnored } from '../../../test/support/facts/lives';
import type { PullRequestHistory } from '../../domain/pull-requests/pull-request-history';
import { listEvents } from './time-line-events';

function list(table: string, overrides: Partial<PullRequestHistory> = {}) {
  const events = listEvents(aHistory(table, overrides), {
    ignored: theIgnored,
    leftOut: new Set(),
    deployedAt: null,
    toPerson: (uuid) => (uuid === null ? null : { uuid, displayName: null }),
  });
  return events.filter(({ kind }) => kind !== 'first_commit' && kind !== 'opened');
}

describe('the events of a pull request', () => {
  it.each([
    ['0 ada pushes; 2 ada queues; 4 ada pushes', ['queue', 'unqueue']],
    ['0 ada readies; 2 ada queues; 4 ada readies', ['queue', 'unqueue']],
    ['0 ada readies; 2 ada queues; 4 ada drafts-by-word', ['queue', 'unqueue']],
    ['0 ada drafts-by-word; 2 ada pushes', ['ready']],
    ['0 ada readies; 2 ada drafts-by-word', ['draft']],
    ['0 ada drafts; 2 ada readies', ['ready']],
    ['0 ada pushes; 2 ada pushes', ['edit']],
  ])('say what an update changed: %s', (table, changes) => {
    expect(list(table).map(({ change }) => change)).toEqual(changes);
  });

  it('name who merged it, also where it was queued or a draft before', () => {
    const [carl] = aHistory('6 carl pushes').activities;
    const activities = aHistory('2 bo queues; 3 bo drafts-by-word').activities;
    const merge = carl === undefined ? [] : [{ ...carl, state: 'MERGED' }];
    const merged = { state: 'MERGED' as const, mergedAt: anInstant + 6 * hour };
    const by = (all: PullRequestHistory['activities']) =>
      list('', { ...merged, activities: all }).find(({ kind }) => kind === 'merged')?.actor?.uuid ?? null;
    expect(by([...activities, ...merge])).toBe('{carl}');
    expect(by(activities)).toBeNull();
  });

  it('say which verdict replaced another', () => {
    const replaced = { kind: 'changes_request', at: anInstant + 5 * hour };
    expect(list('2 rita approves; 5 rita requests').map(({ replacedBy }) => replacedBy)).toEqual([replaced, null]);
  });
});
