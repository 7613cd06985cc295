import { toMergedPullRequestsCsv, toOpenPullRequestsCsv, toReviewsCsv } from '../../reporting/csv/reviews-csv';
import { parseListedState } from '../../reporting/filter/listed-state';
import type { Reporting } from '../../reporting/reporting';
import { refuse, type AnswerApi, type ApiAnswer, type ApiRequest } from './api-answer';
import { withFilter, withPage } from './filtered-answers';

/** Changes & Reviews, the work in progress and the pull requests behind them, by route. */
export function createReviewAnswers(reporting: Reporting): Readonly<Record<string, AnswerApi>> {
  return {
    '/metrics/reviews': async (request) => {
      const snapshot = await reporting.open(request.caller.workspace);
      return withFilter(snapshot, request, (filter) => {
        const report = snapshot.computeReviews(filter);
        const fileName = `reviews-${filter.from}-${filter.to}`;
        return { kind: 'rows', body: report, fileName, toCsv: () => toReviewsCsv(report), next: null };
      });
    },
    '/metrics/work-in-progress': async (request) => {
      const snapshot = await reporting.openWhole(request.caller.workspace);
      return withFilter(snapshot, request, (filter) => {
        const report = snapshot.computeWorkInProgress(filter);
        const fileName = `work-in-progress-${report.as_of.slice(0, 10)}`;
        return { kind: 'rows', body: report, fileName, toCsv: () => toOpenPullRequestsCsv(report.items), next: null };
      });
    },
    '/pull-requests': async (request) => listPullRequests(reporting, request),
  };
}

async function listPullRequests(reporting: Reporting, request: ApiRequest): Promise<ApiAnswer> {
  const parsed = parseListedState(request.query);
  if ('problems' in parsed) {
    return refuse(parsed.problems);
  }
  return parsed.state === 'open'
    ? withPage(request, {
        ...{ name: 'open-pull-requests', open: reporting.openWhole, toCsv: toOpenPullRequestsCsv },
        list: (snapshot, filter, page) => snapshot.listOpenPullRequests(filter, page),
      })
    : withPage(request, {
        ...{ name: 'pull-requests', open: reporting.open, toCsv: toMergedPullRequestsCsv },
        list: (snapshot, filter, page) => snapshot.listMergedPullRequests(filter, page),
      });
}
