import type { Reporting } from '../../reporting/reporting';
import { parseListedState } from '../../reporting/reviews/pull-request-rows';
import { toMergedPullRequestsCsv, toOpenPullRequestsCsv, toReviewsCsv } from '../../reporting/csv/reviews-csv';
import { refuse, type AnswerApi, type ApiAnswer, type ApiRequest } from './api-answer';
import { withFilter, withPage } from './filtered-answers';

/** What is asked of reporting. */
export type ReviewReporting = Pick<
  Reporting,
  'parseFilter' | 'loadReviews' | 'loadWorkInProgress' | 'loadMergedPullRequests' | 'loadOpenPullRequests'
>;

/** Changes & Reviews, the work in progress and the pull requests behind them, by route. */
export function createReviewAnswers(reporting: ReviewReporting): Readonly<Record<string, AnswerApi>> {
  return {
    '/metrics/reviews': async (request) =>
      withFilter(reporting, request, async (filter) => {
        const report = await reporting.loadReviews(request.caller.workspace, filter);
        const fileName = `reviews-${filter.from}-${filter.to}`;
        return { kind: 'rows', body: report, fileName, toCsv: () => toReviewsCsv(report), next: null };
      }),
    '/metrics/work-in-progress': async (request) =>
      withFilter(reporting, request, async (filter) => {
        const report = await reporting.loadWorkInProgress(request.caller.workspace, filter);
        const fileName = `work-in-progress-${report.as_of.slice(0, 10)}`;
        return { kind: 'rows', body: report, fileName, toCsv: () => toOpenPullRequestsCsv(report.items), next: null };
      }),
    '/pull-requests': async (request) => listPullRequests(reporting, request),
  };
}

async function listPullRequests(reporting: ReviewReporting, request: ApiRequest): Promise<ApiAnswer> {
  const { workspace } = request.caller;
  const parsed = parseListedState(request.query);
  if ('problems' in parsed) {
    return refuse(parsed.problems);
  }
  return parsed.state === 'open'
    ? withPage(reporting, request, {
        name: 'open-pull-requests',
        load: async (filter, page) => reporting.loadOpenPullRequests(workspace, filter, page),
        toCsv: toOpenPullRequestsCsv,
      })
    : withPage(reporting, request, {
        name: 'pull-requests',
        load: async (filter, page) => reporting.loadMergedPullRequests(workspace, filter, page),
        toCsv: toMergedPullRequestsCsv,
      });
}
