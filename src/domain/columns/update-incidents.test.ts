import fc from 'fast-check';
import { aMergedPullRequest, day, hour } from '../../../test/support/builders';
import { buildWorkspaceColumns } from '../../../test/support/facts/workspace-columns';
import type { MergedPullRequest } from '../pull-requests/pull-request';
import { findIncidentColumns } from './find-incident-columns';
import { createIncidents } from './incident-history';
import type { WorkspaceColumns } from './month-columns';
import { updateIncidents } from './update-incidents';

const rules = { revert: true, branchPrefixes: ['hotfix/'], titlePrefixes: [] };
const repository = '{a}';

/** Three months, a few instants of which several merges share. */
const moment = fc.integer({ min: 0, max: 60 }).map((steps) => Date.UTC(2026, 8, 20) + steps * 30 * hour);
const pullRequest = fc
  .record({
    repositoryUuid: fc.constantFrom(repository, repository, '{b}'),
    number: fc.integer({ min: 1, max: 14 }),
    mergedAt: moment,
    sourceBranch: fc.constantFrom('feature/x', 'hotfix/x', 'revert-pr-3', 'revert-pr-11', 'revert-pr-7'),
    destinationBranch: fc.constantFrom('main', 'main', 'develop'),
    age: fc.integer({ min: 0, max: 400 }),
    teams: fc.constantFrom([], ['core']),
  })
  .map(({ age, ...rest }) =>
    aMergedPullRequest({
      ...rest,
      openedAt: rest.mergedAt - age * hour,
      changes: [{ changeId: 'c', createdAt: rest.mergedAt - day }],
    }),
  );
const toKey = (one: MergedPullRequest): string => `${one.repositoryUuid}/${one.number}`;
const worlds = fc.uniqueArray(pullRequest, { minLength: 1, maxLength: 26, selector: toKey });

/** They are met first, so that names have the same numbers in all columns. */
const earliest = [[], ['core']].map((teams, index) =>
  aMergedPullRequest({ repositoryUuid: repository, number: 98 + index, mergedAt: Date.UTC(2026, 8, 1) + index, teams }),
);

/** Some go, some come or are others. */
const changes = fc.record({ gone: fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 2 }), put: worlds });

function incidentsOf(columns: WorkspaceColumns) {
  const system = columns.names.findSystem(repository) ?? -1;
  return { system, incidents: findIncidentColumns(columns, new Set([system])).get(system) ?? null };
}

it('incidents after a change are those that are found anew', () => {
  fc.assert(
    fc.property(worlds, changes, fc.nat(3), (all, { gone, put }, most) => {
      const old = [...earliest, ...all];
      const coming = put.slice(0, most).filter(({ repositoryUuid }) => repositoryUuid === repository);
      const leaving = old.filter(
        (one) =>
          one.repositoryUuid === repository && [...gone, ...coming.map(({ number }) => number)].includes(one.number),
      );
      if (leaving.length + coming.length === 0) return;
      const now = [...old.filter((one) => !leaving.includes(one)), ...coming];
      const before = incidentsOf(buildWorkspaceColumns(old, 'UTC', rules));
      const columns = buildWorkspaceColumns(now, 'UTC', rules);
      const expected = incidentsOf(columns);
      const touched = {
        numbers: new Set([...leaving, ...coming].map(({ number }) => number)),
        from: Math.min(...[...leaving, ...coming].map(({ mergedAt }) => mergedAt)),
      };
      const found = updateIncidents(columns.months, { system: expected.system, touched, before: before.incidents });
      expect(found).toEqual(expected.incidents ?? createIncidents(0));
    }),
    { numRuns: 500, seed: 4 },
  );
});
