import { formatDataQualityCsv } from '../../../reporting/csv/quality-csv';
import { findState } from '../../presentation/frame/look-beyond';
import { buildPageAnswer, isAnswer, loadPageContext } from '../../presentation/frame/page-context';
import {
  toCsvAnswer,
  type PageAnswer,
  type PageRequest,
  type PagesDependencies,
} from '../../presentation/frame/page-dependencies';
import { readOne } from '../../presentation/filter/page-parameters';
import { mergedRows } from '../../presentation/rows/row-kinds';
import { buildDataQualityView } from './data-quality-view';

/** How much is known of what the numbers of the range are made of. */
export async function answerDataQuality(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  const pageContext = await loadPageContext(request, dependencies, { name: 'dataQuality' });
  if (isAnswer(pageContext)) {
    return pageContext;
  }
  const { snapshot, filter } = pageContext;
  const report = await snapshot.computeDataQuality(filter);
  if (readOne(request.parameters, 'format') === 'csv') {
    return toCsvAnswer(`data-quality-${filter.from}-${filter.to}.csv`, [formatDataQualityCsv(report)]);
  }
  // Merges that nobody can date lie in no range: where nothing else is, the page still has something to say.
  const found = report.merged + report.undated_merges;
  const state = await findState(pageContext, { kind: mergedRows, found });
  return buildPageAnswer(
    pageContext,
    'data-quality',
    buildDataQualityView({ pageContext, report, state }, dependencies.links),
  );
}
