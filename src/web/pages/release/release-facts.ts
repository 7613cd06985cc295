import type { Release } from '../../../reporting/delivery/read-release';
import { formatDateTime } from '../../presentation/format/dates';
import { formatDuration } from '../../presentation/format/durations';
import type { PageContext } from '../../presentation/frame/page-context';
import { formatPerson } from '../../presentation/releases/outcome';
import { releasePageWords } from './words';

interface Fact {
  readonly name: string;
  readonly text: string;
  /** Why the text is `—`, or what it stands for. */
  readonly note: string | null;
}

const { facts: words } = releasePageWords;

/** What is known of a release beside its commits. */
export function buildReleaseFacts(release: Release, { timezone, teams }: PageContext): Fact[] {
  const { item, approvedBy, reviewedBy } = release;
  const teamNames = item.teams.map((slug) => teams.find((team) => team.slug === slug)?.name ?? slug);
  const asOf = item.teamsAsOf === 'import' ? words.teamsAsOfImport : null;
  const plain = (name: string, text: string): Fact => ({ name, text, note: null });
  return [
    plain(words.deployed, `${formatDateTime(item.deployedAt, timezone)} (${timezone})`),
    plain(words.repository, item.system.name),
    plain(words.author, formatPerson(item.author)),
    teamNames.length === 0
      ? { name: words.teams, text: words.none, note: words.noTeam }
      : { name: words.teams, text: teamNames.join(', '), note: asOf },
    item.issueKeys.length === 0
      ? { name: words.issues, text: words.none, note: words.noIssue }
      : plain(words.issues, item.issueKeys.join(', ')),
    buildLeadTime(release),
    plain(words.approvedBy, approvedBy.length === 0 ? words.nobody : approvedBy.map(formatPerson).join(', ')),
    ...(reviewedBy.length === 0 ? [] : [plain(words.reviewedBy, reviewedBy.map(formatPerson).join(', '))]),
  ];
}

function buildLeadTime({ item: { leadTime, changes, deployedAt } }: Release): Fact {
  const name = words.leadTime;
  if (leadTime === null) {
    return { name, text: words.none, note: changes.length === 0 ? words.noLeadTime : words.noLeadTimeOfDates };
  }
  const counted = changes.filter(({ createdAt }) => createdAt <= deployedAt).length;
  return { name, text: formatDuration(leadTime), note: words.leadTimeOf(counted) };
}
