import type { DataQualityReport } from '../../../reporting/answers/data-quality';
import { buildTime } from '../../presentation/format/dates';
import { formatSettingsHref, type LinkView } from '../../presentation/format/links';
import { toQuery } from '../../presentation/filter/page-filter';
import { buildOwnHref, type PageContext } from '../../presentation/frame/page-context';
import type { Links } from '../../routing/paths';
import { words } from './words';

type CheckStatus = keyof typeof words.status;
type Tone = 'success' | 'warning' | 'danger';

const tones: Readonly<Record<CheckStatus, Tone>> = {
  complete: 'success',
  partly: 'warning',
  estimate: 'warning',
  attention: 'danger',
};

/** One line of the table: what was checked, how it stands and what to do. */
export interface CheckView {
  readonly check: string;
  readonly status: { readonly tone: Tone; readonly text: string };
  readonly details: string;
  readonly usedFor: string;
  /** A way to go, or words where there is nothing to do here. */
  readonly link: LinkView | null;
  readonly next: string | null;
}

interface Material {
  readonly report: DataQualityReport;
  readonly pageContext: PageContext;
  readonly links: Links;
}

/** Repositories are compared every hour: after two of them something is wrong; milliseconds. */
const longestSilence = 2 * 3_600_000;

export function buildChecks(material: Material): readonly CheckView[] {
  return [
    buildLive(material),
    buildCommits(material),
    buildDeployments(material),
    buildDates(material),
    buildSizes(material),
    buildTeams(material),
    buildCorrections(material),
  ];
}

type Parts = Pick<CheckView, 'check' | 'usedFor' | 'details'> & {
  readonly next?: string;
  readonly link?: LinkView | null;
};

function buildCheck(key: CheckStatus, { next = words.nothingToDo, link = null, ...parts }: Parts): CheckView {
  return { ...parts, status: { tone: tones[key], text: words.status[key] }, link, next: link === null ? next : null };
}

function toAgo(at: string, { now, timezone }: PageContext): string {
  return buildTime(Date.parse(at), { now, timezone }).text;
}

function buildLive({ report, pageContext, links }: Material): CheckView {
  const { check, usedFor } = words.live;
  const { verified_at: verifiedAt } = report.completeness;
  const isLate = verifiedAt === null || pageContext.now - Date.parse(verifiedAt) > longestSilence;
  const settings = (text: string) => ({ ...buildSettingsLink(report, pageContext, links), text });
  const details = [
    describeHearing(report, pageContext),
    verifiedAt === null ? words.live.notVerified : words.live.verified(toAgo(verifiedAt, pageContext)),
    report.repaired_in_30_days === null ? '' : words.live.repaired(report.repaired_in_30_days),
  ];
  const parts = { check, usedFor, details: details.filter(Boolean).join(' ') };
  if (!pageContext.isConnected) return buildCheck('attention', { ...parts, link: settings(words.live.settings) });
  if (pageContext.importing !== null) return buildCheck('partly', { ...parts, link: settings(words.live.watch) });
  return isLate
    ? buildCheck('attention', { ...parts, link: settings(words.live.settings) })
    : buildCheck('complete', parts);
}

function describeHearing({ last_notice_at: at }: DataQualityReport, pageContext: PageContext): string {
  if (!pageContext.isConnected) return words.live.disconnected;
  if (pageContext.importing !== null) return words.live.importing;
  const { polling } = pageContext;
  if (polling !== null) return words.live.polling(polling.everyMinutes);
  return at === null ? words.live.noneHeard : words.live.heard(toAgo(at, pageContext));
}

function buildSettingsLink(
  report: DataQualityReport,
  { bitbucketUrl }: PageContext,
  links: Links,
): Omit<LinkView, 'text'> {
  return { href: formatSettingsHref(links, { bitbucketUrl, slug: report.workspace.slug }), isOutside: true };
}

function buildCommits({ report: { commits, deployments } }: Material): CheckView {
  const { check, usedFor, ...say } = words.commits;
  const unknown = deployments - commits.known;
  if (unknown === 0) return buildCheck('complete', { check, usedFor, details: say.known(deployments, deployments) });
  const details = [
    say.known(commits.known, deployments),
    commits.not_listed === 0 ? '' : say.notListed(commits.not_listed),
    commits.refused === 0 ? '' : say.refused(commits.refused),
    commits.not_read_yet === 0 ? '' : say.notReadYet(commits.not_read_yet),
    say.exact,
  ];
  return buildCheck('partly', { check, usedFor, details: details.filter(Boolean).join(' '), next: say.next });
}

function buildDeployments({ report }: Material): CheckView {
  const { check, usedFor, details, next } = words.deployments;
  return buildCheck('estimate', { check, usedFor, details: details(report.systems.length), next });
}

function buildDates({ report, pageContext, links }: Material): CheckView {
  const { check, usedFor, all, some, next } = words.dates;
  const { undated_merges: undated, merged } = report;
  if (undated === 0) return buildCheck('complete', { check, usedFor, details: all(merged) });
  const query = { repository: pageContext.repository?.uuid ?? null, ...toQuery(pageContext.page, { sort: null }) };
  const link = { href: links.page('pullRequests', { ...query, state: 'undated' }), text: next(undated) };
  return buildCheck('partly', { check, usedFor, details: some(undated), link });
}

function buildSizes({ report: { sizes, merged } }: Material): CheckView {
  const { check, usedFor, details, next } = words.sizes;
  const text = details(sizes.known, merged, sizes.unknown);
  return sizes.unknown === 0
    ? buildCheck('complete', { check, usedFor, details: text })
    : buildCheck('partly', { check, usedFor, details: text, next });
}

function buildTeams({ report, pageContext, links }: Material): CheckView {
  const { check, usedFor, next, ...say } = words.teams;
  const { as_of_import: ofImport, groups_read_at: readAt, groups_problem: problem } = report.teams;
  const details = [
    ofImport === 0 ? say.asOfMerge : say.asOfImport(ofImport),
    describeGroups(problem, readAt === null ? null : toAgo(readAt, pageContext)),
  ].join(' ');
  const link = { ...buildSettingsLink(report, pageContext, links), text: next };
  if (problem !== null || readAt === null) return buildCheck('partly', { check, usedFor, details, link });
  return ofImport === 0
    ? buildCheck('complete', { check, usedFor, details })
    : buildCheck('estimate', { check, usedFor, details, link });
}

function describeGroups(problem: string | null, ago: string | null): string {
  if (problem !== null) return words.teams.groupsProblem(problem);
  return ago === null ? words.teams.groupsNotRead : words.teams.groupsRead(ago);
}

function buildCorrections({ report: { corrections }, pageContext }: Material): CheckView {
  const { check, usedFor, details, next, nextRaw } = words.corrections;
  const parts = { check, usedFor, details: details(corrections) };
  if (corrections === 0) return buildCheck('complete', parts);
  const { isRaw } = pageContext.page.filter;
  const link = { href: buildOwnHref(pageContext, { data: isRaw ? null : 'raw' }), text: isRaw ? nextRaw : next };
  return buildCheck('complete', { ...parts, link });
}
