import type { PullRequestTimeLine } from '../../../reporting/time-line/time-line';
import { formatDuration } from '../../presentation/format/durations';
import { buildLook } from '../../presentation/charts/legend';
import { findPhaseGroup, phaseGroups, phaseNames } from '../../presentation/charts/phases';
import { words } from './words';

/**
 * A life as one bar: pieces beside each other, as wide (in per cent of it) as they are long; `null` where nothing has
 * any length yet.
 */
export function buildPhaseBar({ spans }: Pick<PullRequestTimeLine, 'spans'>) {
  const startAt = spans[0]?.startAt ?? 0;
  const length = (spans.at(-1)?.endAt ?? 0) - startAt;
  const shown = spans.filter((span) => span.endAt > span.startAt);
  if (length <= 0 || shown.length === 0) {
    return null;
  }
  const toPercent = (ms: number) => `${((ms / length) * 100).toFixed(2)}%`;
  const toText = (span: (typeof spans)[number]) =>
    words.phases.piece(phaseNames[span.phase], formatDuration((span.endAt - span.startAt) / 1000));
  const used = phaseGroups.filter((group) => shown.some(({ phase }) => group.phases.includes(phase)));
  return {
    pieces: shown.map((span) => ({
      x: toPercent(span.startAt - startAt),
      width: toPercent(span.endAt - span.startAt),
      title: toText(span),
      ...buildLook(findPhaseGroup(span.phase)),
    })),
    legend: used.map((group) => ({ name: group.name, ...buildLook(group) })),
    label: words.phases.bar(shown.map(toText)),
  };
}
