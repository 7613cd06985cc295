import { toAccelerateCsv, toDeploymentsCsv, toIncidentsCsv, toSystemsCsv, toTeamsCsv } from '../../reporting/csv';
import type { DeliveryFilter } from '../../reporting/delivery-filter';
import type { Reporting } from '../../reporting/reporting';
import { parseRowPage, type RowPage, type Rows } from '../../reporting/row-page';
import { refuse, type AnswerApi, type ApiAnswer, type ApiRequest } from './api-answer';

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

async function withFilter(
  reporting: DeliveryReporting,
  { caller, query }: ApiRequest,
  answer: (filter: DeliveryFilter) => Promise<ApiAnswer>,
): Promise<ApiAnswer> {
  const parsed = await reporting.parseFilter(caller.workspace, query, caller);
  return 'problems' in parsed ? refuse(parsed.problems) : answer(parsed.filter);
}

interface Listing<Item> {
  readonly name: string;
  readonly load: (filter: DeliveryFilter, page: RowPage) => Promise<Rows<Item>>;
  readonly toCsv: (items: readonly Item[]) => string;
}

async function withPage<Item>(
  reporting: DeliveryReporting,
  request: ApiRequest,
  { name, load, toCsv }: Listing<Item>,
): Promise<ApiAnswer> {
  const parsed = parseRowPage(request.query);
  if ('problems' in parsed) {
    return refuse(parsed.problems);
  }
  return withFilter(reporting, request, async (filter) => {
    const rows = await load(filter, parsed.page);
    const fileName = `${name}-${filter.from}-${filter.to}`;
    return { kind: 'rows', body: rows, fileName, toCsv: () => toCsv(rows.items), next: rows.next };
  });
}
