import type { Links } from '../../routing/paths';
import type { AccelerateReport } from '../../../reporting/answers/accelerate';
import { unknown } from '../../presentation/format/numbers';
import { changeWords } from '../../presentation/metrics/change-words';
import { buildKeyMetrics, type KeyMetricView } from '../../presentation/metrics/key-metrics';

/** Four numbers of a repository and how they moved; the rework rate is on the page. */
export function buildRepositoryPanelView(
  report: AccelerateReport,
  { uuid, isImporting }: { uuid: string; isImporting: boolean },
  links: Links,
) {
  const more = { href: links.page('repository', { repository: uuid }), text: 'Show delivery performance' };
  const nothingYet = isImporting
    ? 'The history is being imported; numbers appear here as they come in.'
    : 'No deployments in the last 90 days.';
  const rows = { deployments: more, failedDeployments: more, fixes: more, incidents: more };
  const isEmpty = report.deployment_frequency.deployments === 0;
  const metrics = isEmpty ? [] : buildKeyMetrics({ report, before: null }, { rows, lines: report });
  return {
    title: 'Delivery performance',
    range: 'Last 90 days',
    numbers: metrics.map((metric) => ({ ...metric, fewness: findFewness(metric) })),
    // In place of the numbers.
    nothing: isEmpty ? nothingYet : null,
    more,
  };
}

/** In the place of a level, where there is too little for one. */
function findFewness({ level, value }: KeyMetricView): string | null {
  return level === null && value !== unknown ? changeWords.tooFewToTell : null;
}
