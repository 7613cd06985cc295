import { phases, type Phase } from '../../../domain/reviews/phase';
import type { Links } from '../../routing/paths';
import type { PullRequestTimeLine } from '../../../reporting/time-line/time-line';
import { buildPhaseBar } from '../pull-request/phase-bar';
import { buildStateMarks } from '../pull-request/pull-request-view';
import { formatWaitingSentence } from '../pull-request/waiting';
import { formatDuration } from '../../presentation/format/durations';
import { phaseNames } from '../../presentation/charts/phases';
import { words } from '../pull-request/words';

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
    title: words.panel.title(number),
    marks: buildStateMarks(timeLine),
    waiting: formatWaitingSentence(timeLine, context),
    bar: buildPhaseBar(timeLine),
    phases: met.map((phase) => buildPhase(phase, timeLine)),
    // What "usual" means.
    basis: words.panel.basis(usual.n),
    more: {
      href: links.page('pullRequest', { repository: context.repositoryUuid, number }),
      text: words.panel.timeLine,
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
    return words.panel.noUsual;
  }
  const text = formatDuration(usual);
  if (text === formatDuration(seconds)) {
    return words.panel.asUsual(text);
  }
  return seconds > usual ? words.panel.longer(text) : words.panel.shorter(text);
}
