import { toAccelerateCsv, toDeploymentsCsv, toIncidentsCsv, toSystemsCsv, toTeamsCsv } from '../../reporting/csv/csv';
import type { Reporting } from '../../reporting/reporting';
import type { AnswerApi } from './api-answer';
import { withFilter, withPage } from './filtered-answers';

/** The metrics and the rows behind them, by route. */
export function createDeliveryAnswers({ open }: Pick<Reporting, 'open'>): Readonly<Record<string, AnswerApi>> {
  return {
    '/metrics/accelerate': async (request) => {
      const snapshot = await open(request.caller.workspace);
      return withFilter(snapshot, request, (filter) => {
        const report = snapshot.computeAccelerate(filter);
        const fileName = `accelerate-${filter.from}-${filter.to}`;
        return { kind: 'rows', body: report, fileName, toCsv: () => toAccelerateCsv(report), next: null };
      });
    },
    '/deployments': async (request) =>
      withPage(request, {
        ...{ name: 'deployments', open, toCsv: toDeploymentsCsv },
        list: (snapshot, filter, page) => snapshot.listDeployments(filter, page),
      }),
    '/incidents': async (request) =>
      withPage(request, {
        ...{ name: 'incidents', open, toCsv: toIncidentsCsv },
        list: (snapshot, filter, page) => snapshot.listIncidents(filter, page),
      }),
    '/systems': async ({ caller }) => {
      const { systems } = await open(caller.workspace);
      const items = systems.filter(({ uuid }) => caller.repositoryUuid === null || uuid === caller.repositoryUuid);
      return { kind: 'rows', body: { items }, fileName: 'systems', toCsv: () => toSystemsCsv(items), next: null };
    },
    '/teams': async ({ caller }) => {
      const items = (await open(caller.workspace)).listTeams();
      return { kind: 'rows', body: { items }, fileName: 'teams', toCsv: () => toTeamsCsv(items), next: null };
    },
  };
}
