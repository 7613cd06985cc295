import { formatDateRange, formatDateTime } from '../../presentation/format/dates';
import type { PageContext } from '../../presentation/frame/page-context';
import { overviewWords } from './words';

const words = overviewWords.print;

/** On paper, where no filter and no tab is seen: whose numbers these are, of which days, under which filters, as of when. */
export function buildPrintHead(workspace: string, pageContext: PageContext): string {
  const { page, repository, systems, teams, timezone, now } = pageContext;
  const { filter } = page;
  const nameSystem = (uuid: string) => systems.find((one) => one.uuid === uuid)?.name ?? uuid;
  const nameTeam = (slug: string) => teams.find((one) => one.slug === slug)?.name ?? slug;
  const toText = (names: readonly string[], what: string) => (names.length === 0 ? words.all(what) : names.join(', '));
  return [
    workspace,
    formatDateRange(filter.from, filter.to),
    repository?.name ?? toText(filter.systems.map(nameSystem), words.repositories),
    ...(teams.length === 0 ? [] : [toText(filter.teams.map(nameTeam), words.teams)]),
    words.printed(`${formatDateTime(now, timezone)} ${timezone}`),
  ].join(' · ');
}
