import type { ReleaseItem } from '../../../reporting/delivery/release-items';
import { buildExactTime } from '../../presentation/format/dates';
import { formatDuration } from '../../presentation/format/durations';
import { unknown } from '../../presentation/format/numbers';
import { releasePageWords as words } from './words';

/** More commits than these are in Bitbucket. */
const mostCommits = 200;
/** As Bitbucket shows a hash. */
const shownOfHash = 7;

interface Place {
  readonly timezone: string;
  readonly repositoryUrl: string;
}

/** What a release brought, oldest first, each with its own lead time. */
export function buildCommits(
  { changes, isComplete, deployedAt }: Pick<ReleaseItem, 'changes' | 'isComplete' | 'deployedAt'>,
  { timezone, repositoryUrl }: Place,
) {
  return {
    count: isComplete || changes.length > 0 ? words.commitsOf(changes.length) : null,
    incomplete: isComplete ? null : changes.length === 0 ? words.incomplete : words.incompletePart,
    rows: changes.slice(0, mostCommits).map(({ changeId, createdAt }) => {
      const hash = changeId.slice(0, shownOfHash);
      const seconds = (deployedAt - createdAt) / 1000;
      return {
        link: { href: `${repositoryUrl}/commits/${encodeURIComponent(changeId)}`, text: hash, isOutside: true },
        time: buildExactTime(createdAt, timezone),
        ...(seconds < 0 ? { leadTime: unknown, note: words.late } : { leadTime: formatDuration(seconds), note: null }),
      };
    }),
    cut: changes.length > mostCommits ? words.cut(mostCommits, changes.length) : null,
  };
}
