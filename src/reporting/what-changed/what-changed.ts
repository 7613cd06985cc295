import { toDateRange } from '../../domain/calendar/date-range';
import type { WholePopulation, WholeTimes } from '../../domain/metrics/what-changed/tally-whole-times';
import { computeWhatChanged as computeChange, type WhatChanged } from '../../domain/metrics/what-changed/what-changed';
import type { WhatChangedReport } from '../answers/what-changed';
import type { VisibleFilter } from '../filter/delivery-filter';
import { toCompleteness, toWorkspaceName } from '../version/completeness';
import { pickColumns, type WorkspaceVersion } from '../version/workspace-version';

/** What is asked beside the filter of the range. */
interface Compared {
  readonly compared: Pick<VisibleFilter, 'from' | 'to'>;
  readonly of: WholePopulation;
}

/**
 * How the mean whole time of pull requests changed against another period, under the filters of the range
 * (docs/definitions.md, 6.5). Nothing is compared with days before the history begins.
 */
export function computeWhatChanged(
  version: WorkspaceVersion,
  filter: VisibleFilter,
  { compared, of }: Compared,
): WhatChangedReport {
  const { timezone } = version.known.settings;
  const toRange = ({ from, to }: Compared['compared']) => toDateRange({ from, to, timezone });
  const { systems, teams } = filter;
  const completeness = toCompleteness(version);
  const since = completeness.imported_since;
  const question = { of, range: toRange(filter), compared: toRange(compared), systems, teams };
  const found = computeChange(pickColumns(version, filter), question);
  return {
    workspace: toWorkspaceName(version),
    of,
    range: { from: filter.from, to: filter.to, timezone },
    compared: { from: compared.from, to: compared.to },
    now: toTimes(found.now),
    before: toTimes(found.before),
    ...toParts(found, version, since !== null && since <= compared.from),
    completeness,
  };
}

function toTimes({ n, leftOut, mean, median }: WholeTimes): WhatChangedReport['now'] {
  return { n, left_out: leftOut, mean, median };
}

const nothing = { n: 0, mean: null };

function toParts(
  { difference, movement, phases, systems }: WhatChanged,
  version: WorkspaceVersion,
  isKnown: boolean,
): Pick<WhatChangedReport, 'difference' | 'movement' | 'phases' | 'systems'> {
  const tell = <T>(value: T): T | null => (isKnown ? value : null);
  return {
    difference: tell(difference),
    movement: tell(movement),
    phases: phases.map(({ part, ...phase }) => ({ ...phase, part: tell(part) })),
    systems: systems.map(({ uuid, now, before, part }) => ({
      system: version.systems.toName(uuid),
      now: now ?? nothing,
      before: before ?? nothing,
      part: tell(part),
    })),
  };
}
