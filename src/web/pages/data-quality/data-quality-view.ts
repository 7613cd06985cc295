import type { DataQualityReport } from '../../../reporting/answers/data-quality';
import type { Links } from '../../routing/paths';
import { toQuery } from '../../presentation/filter/page-filter';
import { buildTime } from '../../presentation/format/dates';
import { formatCount, unknown } from '../../presentation/format/numbers';
import { formatShortPercent } from '../../presentation/format/one-unit';
import { mergedWords } from '../../presentation/format/thing-words';
import type { PageState } from '../../presentation/frame/look-beyond';
import { buildOwnHref, type PageContext } from '../../presentation/frame/page-context';
import { buildShell } from '../../presentation/frame/shell-view';
import { buildChecks } from './checks-view';
import { words } from './words';

export interface DataQualityMaterial {
  readonly pageContext: PageContext;
  readonly report: DataQualityReport;
  readonly state: PageState;
}

/** How sure the numbers are: one sentence, four numbers, each check with its next step, and the repositories; pure. */
export function buildDataQualityView({ pageContext, report, state }: DataQualityMaterial, links: Links) {
  const shell = buildShell(pageContext, links, {
    ...{ title: words.title, words: mergedWords, state, report, hasNotes: false },
  });
  return {
    ...shell,
    words,
    headline: buildHeadline(report),
    since: words.history(report.completeness.imported_since),
    tiles: buildTiles(report, pageContext),
    checks: buildChecks({ report, pageContext, links }),
    repositories: buildRepositories(report, pageContext, links),
    csvHref: buildOwnHref(pageContext, { format: 'csv' }),
  };
}

/** The worst first, two sentences at most. */
function buildHeadline({ deployments, commits, undated_merges: undated, systems }: DataQualityReport): string {
  const { headline } = words;
  const missing = deployments - commits.known;
  const first =
    deployments === 0 ? headline.nothing : missing === 0 ? headline.allKnown : headline.unknownCommits(missing);
  if (undated > 0) return `${first} ${headline.undated(undated)}`;
  return deployments === 0 ? first : `${first} ${headline.estimate(systems.length)}`;
}

function buildTiles(report: DataQualityReport, pageContext: PageContext) {
  const { commits, deployments, merged, undated_merges: undated, sizes } = report;
  const { tiles, of } = words;
  const repaired = report.repaired_in_30_days;
  return [
    buildShare(tiles.commits, [commits.known, deployments], of(commits.known, deployments, 'deployment')),
    buildShare(tiles.dates, [merged, merged + undated], of(merged, merged + undated, 'merge')),
    buildShare(tiles.sizes, [sizes.known, merged], of(sizes.known, merged, 'pull request')),
    { name: tiles.heard, ...findHeard(report, pageContext), detail: repaired && words.live.repaired(repaired) },
  ];
}

/** When a change was heard last, or looked for where Bitbucket does not call. */
function findHeard({ last_notice_at: told }: DataQualityReport, { now, timezone, polling, isConnected }: PageContext) {
  const toldAt = told === null ? null : Date.parse(told);
  const heardAt = polling === null ? toldAt : polling.lookedAt;
  return heardAt === null || !isConnected ? { value: unknown } : { time: buildTime(heardAt, { now, timezone }) };
}

function buildShare(name: string, [part, all]: readonly [number, number], detail: string) {
  return all === 0
    ? { name, value: unknown, detail: words.none }
    : { name, value: formatCompleteness(part, all), detail };
}

/** What is not whole is never shown as whole. */
function formatCompleteness(part: number, all: number): string {
  const share = part / all;
  return part < all && share > 0.99 ? 'over 99 %' : formatShortPercent(share);
}

/** How wide the bars are that the numbers of a repository are drawn with. */
const barWidth = 100;

function buildRepositories({ systems, deployments, commits }: DataQualityReport, { page }: PageContext, links: Links) {
  const query = { ...toQuery(page, { sort: null }), system: null };
  const rows = systems.map(({ uuid, name, deployments: all, unknown_commits: missing }) => ({
    link: { href: links.page('repository', { ...query, repository: uuid }), text: name },
    ...buildCounts(all - missing, all),
  }));
  return { rows, all: rows.length < 2 ? null : { name: words.all, ...buildCounts(commits.known, deployments) } };
}

function buildCounts(known: number, all: number) {
  return {
    unknown: formatCount(all - known),
    deployments: formatCount(all),
    known: formatCompleteness(known, all),
    bar: Math.round((known / all) * barWidth),
  };
}
