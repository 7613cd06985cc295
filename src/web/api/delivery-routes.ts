import { formatAccelerateCsv } from '../../reporting/csv/metrics-csv';
import { toDeploymentsCsv, toIncidentsCsv, toSystemsCsv, toTeamsCsv } from '../../reporting/csv/rows-csv';
import type { Reporting } from '../../reporting/reporting';
import type { ApiRoute } from './api-route';
import { answerReport, openFor, withPage } from './filtered-answers';
import { filters, page } from './parameters';

type Opening = Pick<Reporting, 'open'>;

/** The Accelerate metrics and the rows behind them. */
export function listDeliveryRoutes({ open }: Opening): ApiRoute[] {
  return [
    {
      ...{ method: 'get', path: '/metrics/accelerate', operationId: 'getAccelerate', answers: 'AccelerateReport' },
      summary: 'The Accelerate metrics, over the range and for each of its buckets.',
      parameters: filters,
      answer: answerReport(open, 'accelerate', {
        compute: (snapshot, filter) => snapshot.computeAccelerate(filter),
        toCsv: formatAccelerateCsv,
      }),
    },
    {
      ...{ method: 'get', path: '/deployments', operationId: 'listDeployments', answers: 'Deployments' },
      summary: 'The deployments behind the numbers, newest first.',
      parameters: [...filters, ...page],
      answer: async (request) =>
        withPage(request, {
          ...{ name: 'deployments', open, toCsv: toDeploymentsCsv },
          list: (snapshot, filter, rows) => snapshot.listDeployments(filter, rows),
        }),
    },
    {
      ...{ method: 'get', path: '/incidents', operationId: 'listIncidents', answers: 'Incidents' },
      summary: 'The incidents created in the range, newest first; those blamed on no deployment are among them.',
      parameters: [...filters, ...page],
      answer: async (request) =>
        withPage(request, {
          ...{ name: 'incidents', open, toCsv: toIncidentsCsv },
          list: (snapshot, filter, rows) => snapshot.listIncidents(filter, rows),
        }),
    },
  ];
}

/** What both can be filtered by. */
export function listChoiceRoutes({ open }: Opening): ApiRoute[] {
  return [
    {
      ...{ method: 'get', path: '/systems', operationId: 'listSystems', answers: 'Systems' },
      summary: 'The repositories that can be filtered by.',
      parameters: [],
      answer: async ({ caller }) => {
        const { systems: items } = await openFor({ caller }, open);
        return { kind: 'rows', body: { items }, fileName: 'systems', toCsv: () => toSystemsCsv(items), next: null };
      },
    },
    {
      ...{ method: 'get', path: '/teams', operationId: 'listTeams', answers: 'Teams' },
      summary:
        'The teams that can be filtered by; for the session of a page of a repository without saying how many belong to them.',
      parameters: [],
      answer: async ({ caller }) => {
        const teams = (await openFor({ caller }, open)).listTeams();
        const items = caller.repositoryUuid === null ? teams : teams.map((team) => ({ ...team, members: null }));
        return { kind: 'rows', body: { items }, fileName: 'teams', toCsv: () => toTeamsCsv(items), next: null };
      },
    },
  ];
}
