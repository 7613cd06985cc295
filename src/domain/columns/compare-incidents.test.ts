import fc from 'fast-check';
import { aMergedPullRequest, day, hour } from '../../../test/support/builders';
import { buildWorkspaceColumns } from '../../../test/support/facts/workspace-columns';
import { selectIncidents } from '../metrics/selection/select-incidents';
import { listChangedIncidents } from './compare-incidents';
import type { WorkspaceColumns } from './month-columns';
import { Names } from './names';

const rules = { revert: true, branchPrefixes: ['hotfix/'], titlePrefixes: [] };
const pullRequest = fc
  .record({
    repositoryUuid: fc.constantFrom('{a}', '{b}'),
    number: fc.integer({ min: 1, max: 9 }),
    days: fc.integer({ min: 0, max: 40 }),
    sourceBranch: fc.constantFrom('feature/x', 'hotfix/x', 'revert-pr-3'),
  })
  .map(({ days, ...rest }) => {
    const mergedAt = Date.UTC(2026, 8, 20) + days * 30 * hour;
    return aMergedPullRequest({ ...rest, mergedAt, changes: [{ changeId: 'c', createdAt: mergedAt - day }] });
  });
const worlds = fc.uniqueArray(pullRequest, {
  maxLength: 12,
  selector: ({ repositoryUuid, number }) => `${repositoryUuid}/${number}`,
});
/** They are met first, so that names have the same numbers in all columns. */
const earliest = ['{a}', '{b}'].map((repositoryUuid, index) =>
  aMergedPullRequest({ repositoryUuid, number: 98, mergedAt: Date.UTC(2026, 8, 1) + index }),
);

/** Each incident as text, with when it was created. */
function listAll(columns: WorkspaceColumns): Map<string, number> {
  const all = { systems: null, teams: [], startAt: 0, endAt: Number.MAX_SAFE_INTEGER };
  const selected = selectIncidents(columns, all);
  const incidents = Array.from({ length: selected.count }, (_, index) => selected.at(index));
  return new Map(incidents.map((incident) => [JSON.stringify(incident), incident.createdAt]));
}

const toSorted = (instants: Iterable<number>): number[] => [...new Set(instants)].sort((one, other) => one - other);

it('the incidents that are others are found as by comparing them one by one', () => {
  fc.assert(
    fc.property(worlds, worlds, (some, others) => {
      const before = buildWorkspaceColumns([...earliest, ...some], 'UTC', rules);
      const after = { ...buildWorkspaceColumns([...earliest, ...others], 'UTC', rules), names: before.names };
      const [old, now] = [listAll(before), listAll(after)];
      const changed = [
        ...[...old].filter(([text]) => !now.has(text)),
        ...[...now].filter(([text]) => !old.has(text)),
      ].map(([, at]) => at);
      expect(toSorted(listChangedIncidents(before, after) ?? [])).toEqual(toSorted(changed));
    }),
  );
});

it('of states that number repositories otherwise nothing is known', () => {
  const one = { names: new Names(), incidents: new Map() };
  expect(listChangedIncidents(one, one)).toEqual([]);
  expect(listChangedIncidents(one, { ...one, names: new Names() })).toBeNull();
});
