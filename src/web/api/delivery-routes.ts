import { toAccelerateCsv, toDeploymentsCsv, toIncidentsCsv, toSystemsCsv, toTeamsCsv } from '../../reporting/csv/csv';
import type { Reporting } from '../../reporting/reporting';
import type { AnswerApi } from './api-answer';
import { withFilter, withPage } from './filtered-answers';

/** What is asked of reporting. */
export type DeliveryReporting = Pick<
  Reporting,
  'parseFilter' | 'loadAccelerate' | 'loadDeployments' | 'loadIncidents' | 'loadSystems' | 'loadTeams'
>;

/** The metrics and the rows behind them, by route. */
export function createDeliveryAnswers(reporting: DeliveryReporting): Readonly<Record<string, AnswerApi>> {
  return {
    '/metrics/accelerate': async (request) =>
      withFilter(reporting, request, async (filter) => {
        const report = await reporting.loadAccelerate(request.caller.workspace, filter);
        const fileName = `accelerate-${filter.from}-${filter.to}`;
        return { kind: 'rows', body: report, fileName, toCsv: () => toAccelerateCsv(report), next: null };
      }),
    '/deployments': async (request) =>
      withPage(reporting, request, {
        name: 'deployments',
        load: async (filter, page) => reporting.loadDeployments(request.caller.workspace, filter, page),
        toCsv: toDeploymentsCsv,
      }),
    '/incidents': async (request) =>
      withPage(reporting, request, {
        name: 'incidents',
        load: async (filter, page) => reporting.loadIncidents(request.caller.workspace, filter, page),
        toCsv: toIncidentsCsv,
      }),
    '/systems': async ({ caller }) => {
      const items = await reporting.loadSystems(caller.workspace, caller);
      return { kind: 'rows', body: { items }, fileName: 'systems', toCsv: () => toSystemsCsv(items), next: null };
    },
    '/teams': async ({ caller }) => {
      const items = await reporting.loadTeams(caller.workspace);
      return { kind: 'rows', body: { items }, fileName: 'teams', toCsv: () => toTeamsCsv(items), next: null };
    },
  };
}
