import type { Reporting } from '../../reporting/reporting';
import { parseChangeChoice } from '../../reporting/what-changed/parse-compared';
import { formatWhatChangedCsv } from '../../reporting/what-changed/what-changed-csv';
import { refuse } from './api-answer';
import type { ApiRoute } from './api-route';
import { openFor, withFilter } from './filtered-answers';
import { change, filters } from './parameters';

/** How the mean whole time of pull requests changed against another period, and by what. */
export function createWhatChangedRoute({ open }: Pick<Reporting, 'open'>): ApiRoute {
  return {
    ...{ method: 'get', path: '/metrics/what-changed', operationId: 'getWhatChanged', answers: 'WhatChangedReport' },
    summary:
      'How the mean time from first commit to deployment or merge changed against another period: parts by phase and ' +
      'by repository that add up to the difference. The interval does not matter.',
    parameters: [...filters, ...change],
    answer: async (request) => {
      const snapshot = await openFor(request, open);
      return withFilter(snapshot, request, (filter) => {
        const parsed = parseChangeChoice(request.query, filter);
        if ('problems' in parsed) return refuse(parsed.problems);
        const { of, compared } = parsed.choice;
        const report = snapshot.computeWhatChanged(filter, compared, of);
        const fileName = `what-changed-${filter.from}-${filter.to}`;
        return { kind: 'rows', body: report, fileName, toCsv: () => formatWhatChangedCsv(report), next: null };
      });
    },
  };
}
