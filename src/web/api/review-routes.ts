import { formatDataQualityCsv } from '../../reporting/csv/quality-csv';
import { formatReviewsCsv } from '../../reporting/csv/metrics-csv';
import { toOpenWaitsCsv } from '../../reporting/csv/open-waits-csv';
import { toMergedPullRequestsCsv, toOpenPullRequestsCsv } from '../../reporting/csv/rows-csv';
import { parseListedState } from '../../reporting/filter/listed-state';
import { toOpenWaitsReport } from '../../reporting/reviews/open-waits-report';
import type { Reporting } from '../../reporting/reporting';
import { refuse, type ApiAnswer, type ApiRequest } from './api-answer';
import type { ApiRoute } from './api-route';
import { answerReport, openFor, withFilter, withPage } from './filtered-answers';
import { filters, page, state } from './parameters';

/** Changes & reviews, the work in progress and the pull requests behind them. */
export function listReviewRoutes(reporting: Reporting): ApiRoute[] {
  return [
    {
      ...{ method: 'get', path: '/metrics/reviews', operationId: 'getReviews', answers: 'ReviewsReport' },
      summary: 'Changes & reviews of the pull requests merged in the range, and for each of its buckets.',
      parameters: filters,
      answer: answerReport(reporting.open, 'reviews', {
        compute: (snapshot, filter) => snapshot.computeReviews(filter),
        toCsv: formatReviewsCsv,
      }),
    },
    {
      ...{ method: 'get', path: '/metrics/data-quality', operationId: 'getDataQuality', answers: 'DataQualityReport' },
      summary: 'How much is known of what the numbers of the range are made of; the interval does not matter.',
      parameters: filters,
      answer: answerReport(reporting.open, 'data-quality', {
        compute: (snapshot, filter) => snapshot.computeDataQuality(filter),
        toCsv: formatDataQualityCsv,
      }),
    },
    {
      ...{ method: 'get', path: '/metrics/work-in-progress', operationId: 'getWorkInProgress' },
      summary: 'The pull requests that are open now, oldest first; the range and the interval do not matter.',
      answers: 'WorkInProgressReport',
      parameters: filters,
      answer: async (request) => {
        const snapshot = await openFor(request, reporting.openWhole);
        return withFilter(snapshot, request, (filter) => {
          const report = snapshot.computeWorkInProgress(filter);
          const fileName = `work-in-progress-${report.as_of.slice(0, 10)}`;
          return { kind: 'rows', body: report, fileName, toCsv: () => toOpenPullRequestsCsv(report.items), next: null };
        });
      },
    },
    {
      ...{ method: 'get', path: '/metrics/waits', operationId: 'getWaits', answers: 'OpenWaitsReport' },
      summary:
        'What each open pull request waits for, whom and since when, furthest over the usual first; the range and the ' +
        'interval do not matter.',
      parameters: filters,
      answer: async (request) => answerWaits(reporting, request),
    },
    {
      ...{ method: 'get', path: '/pull-requests', operationId: 'listPullRequests', answers: 'PullRequests' },
      summary: 'The pull requests merged in the range, newest merge first, or those that are open now, newest first.',
      parameters: [state, ...filters, ...page],
      answer: async (request) => listPullRequests(reporting, request),
    },
  ];
}

async function answerWaits({ openWhole }: Reporting, request: ApiRequest): Promise<ApiAnswer> {
  const snapshot = await openFor(request, openWhole);
  return withFilter(snapshot, request, (filter) => {
    const found = snapshot.findOpenWaits(filter);
    const body = toOpenWaitsReport(found, snapshot.tellCompleteness());
    const fileName = `waits-${body.as_of.slice(0, 10)}`;
    return { kind: 'rows', body, fileName, toCsv: () => toOpenWaitsCsv(found.waits), next: null };
  });
}

async function listPullRequests(reporting: Reporting, request: ApiRequest): Promise<ApiAnswer> {
  const parsed = parseListedState(request.query);
  if ('problems' in parsed) {
    return refuse(parsed.problems);
  }
  return parsed.state === 'open'
    ? withPage(request, {
        ...{ name: 'open-pull-requests', open: reporting.openWhole, toCsv: toOpenPullRequestsCsv },
        list: (snapshot, filter, rows) => snapshot.listOpenPullRequests(filter, rows),
      })
    : withPage(request, {
        ...{ name: 'pull-requests', open: reporting.open, toCsv: toMergedPullRequestsCsv },
        list: (snapshot, filter, rows) => snapshot.listMergedPullRequests(filter, rows),
      });
}
