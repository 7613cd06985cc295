import type { LinkView } from '../../presentation/format/links';
import { buildOwnHref } from '../../presentation/frame/page-context';
import { formatProgressText } from '../../presentation/frame/state-view';
import type { EmptyView } from '../../presentation/frame/empty-view';
import type { DayMaterial } from './day-material';
import { dayWords, emptyDayWords } from './words';

/** Why a day shows no deployment, and the ways on; `null`: it shows some. */
export function buildEmptyDay(material: DayMaterial): EmptyView | null {
  if (!material.pageContext.isConnected) return { ...emptyDayWords.disconnected, steps: [] };
  const { beyond } = material;
  if (material.releases.length > 0 || beyond === null) return null;
  const filtered = buildFiltered(material, beyond);
  return filtered ?? { ...findReason(material), steps: buildNeighbourSteps(material) };
}

function buildFiltered(
  { pageContext }: DayMaterial,
  { unfiltered, uncorrected }: NonNullable<DayMaterial['beyond']>,
): EmptyView | null {
  if (pageContext.isLeftOut && !pageContext.filter.isRaw) {
    return { ...emptyDayWords.leftOut(pageContext.repository?.name ?? ''), steps: [] };
  }
  if (unfiltered > 0) {
    const href = buildOwnHref(pageContext, { system: null, team: null });
    return { ...emptyDayWords.filtered(unfiltered), steps: [{ href, text: dayWords.showAll }] };
  }
  if (uncorrected === 0) return null;
  const href = buildOwnHref(pageContext, { data: 'raw' });
  return { ...emptyDayWords.corrected(uncorrected), steps: [{ href, text: emptyDayWords.showRaw }] };
}

function findReason({ pageContext, span, report }: DayMaterial): { readonly title: string; readonly text: string } {
  const { importing, today } = pageContext;
  const since = report.completeness.imported_since;
  if (span.day > today) return emptyDayWords.future;
  if (since !== null && span.day < since) return emptyDayWords.beforeHistory(since);
  if (importing !== null) return emptyDayWords.importing(formatProgressText(importing));
  return span.day === today ? emptyDayWords.today : emptyDayWords.none;
}

/** The nearest days that have some. */
function buildNeighbourSteps({ pageContext, neighbours }: DayMaterial): LinkView[] {
  return [neighbours.before, neighbours.after].flatMap((day) =>
    day === null ? [] : [{ href: buildOwnHref(pageContext, { day }), text: emptyDayWords.show(day) }],
  );
}
