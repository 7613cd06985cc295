import { phases, type Phase } from '../../../domain/reviews/phase';
import type { Links } from '../../routing/paths';
import type { PullRequestTimeLine } from '../../../reporting/time-line/time-line';
import { buildPhaseBar } from '../pull-request/phase-bar';
import { buildStateMarks } from '../pull-request/pull-request-view';
import { formatWaitingSentence } from '../pull-request/waiting';
import { formatDuration } from '../../presentation/format/durations';
import { formatCounted } from '../../presentation/format/numbers';
import { phaseNames } from '../../presentation/charts/phases';

interface PanelContext {
  readonly repositoryUuid: string;
  readonly now: number;
  readonly timezone: string;
}

/** A pull request so far: one sentence, and each phase it was in beside what is usual here. */
export function buildPullRequestPanelView(timeLine: PullRequestTimeLine, context: PanelContext, links: Links) {
  const { number, spans, usual } = timeLine;
  const met = phases.filter((phase) => spans.some((span) => span.phase === phase && span.endAt > span.startAt));
  return {
    title: `Pull request #${number}`,
    marks: buildStateMarks(timeLine),
    waiting: formatWaitingSentence(timeLine, context),
    bar: buildPhaseBar(timeLine),
    phases: met.map((phase) => buildPhase(phase, timeLine)),
    // What "usual" means.
    basis:
      usual.n === 0
        ? 'No pull request of this repository was merged in the last 90 days to compare with.'
        : `Usual: median of ${formatCounted(usual.n, 'pull request')} merged here in 90 days.`,
    more: {
      href: links.page('pullRequest', { repository: context.repositoryUuid, number }),
      text: 'Show the whole time line',
    },
  };
}

function buildPhase(phase: Phase, { seconds, usual }: PullRequestTimeLine) {
  return {
    name: phaseNames[phase],
    length: formatDuration(seconds[phase]),
    usual: formatUsual(seconds[phase], usual.seconds[phase]),
  };
}

/** Against the repository's median, in words; one pull request is neither good nor bad. */
function formatUsual(seconds: number, usual: number | null): string {
  if (usual === null) {
    return 'nothing to compare with';
  }
  const text = formatDuration(usual);
  if (text === formatDuration(seconds)) {
    return `as usual: ${text}`;
  }
  return `${seconds > usual ? 'longer than' : 'below'} the usual ${text}`;
}
