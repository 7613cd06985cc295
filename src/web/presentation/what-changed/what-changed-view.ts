import type { WhatChangedReport } from '../../../reporting/answers/what-changed';
import type { PageContext } from '../frame/page-context';
import { formatSteps, keepTogether, pickStep } from './add-up';
import { buildSentence, describeMover, findTold, listNotes, namePeriods, type Medians } from './change-state';
import { buildShownChange, hasDrafts, type ShownChange } from './shown-change';
import { buildWaterfalls, type FallPart, type Waterfall } from './waterfall';
import { explainParts, leadWords, nameStage, whatChangedWords } from './words';

/** What changed on a page, and where its repositories are. */
export interface ChangeMaterial {
  readonly report: WhatChangedReport;
  readonly pageContext: Pick<PageContext, 'page'>;
  /** Of the page's own metric, where they may tell something else than the average. */
  readonly medians: Medians;
  /** The page of a repository under the same filters. */
  readonly toHref: (uuid: string) => string;
}

/** The first thing on Delivery performance: one sentence, and the waterfalls that prove it. */
export function buildWhatChangedView(material: ChangeMaterial) {
  const { report, medians } = material;
  const shown = buildShownChange(report);
  const isMoved = findTold(report, shown) === 'moved';
  const sentence = buildSentence(report, shown, { words: leadWords, medians });
  return {
    title: whatChangedWords.title,
    sentence: keepTogether([sentence, ...(isMoved ? [describeMover(shown) ?? ''] : [])].join(' ').trim()),
    notes: listNotes(report, shown),
    falls: buildFalls(material, shown),
    adding: buildAdding(report, shown),
  };
}

/** By phase, and by repository where there are several; none where nothing is compared. */
export function buildFalls({ report, pageContext, toHref }: ChangeMaterial, shown: ShownChange): readonly Waterfall[] {
  const told = findTold(report, shown);
  if (told === 'too few' || told === 'no history') return [];
  const { byPhase, byRepository, phase, repository, part: value } = whatChangedWords;
  const withDrafts = hasDrafts(report);
  const stages = shown.stages.map(({ stage, part }): FallPart => ({
    name: nameStage(stage, withDrafts),
    href: null,
    part,
  }));
  const systems = shown.systems.map(({ system, count, part }): FallPart =>
    system === null
      ? { name: whatChangedWords.others(count), href: null, part }
      : { name: system.name, href: toHref(system.uuid), part },
  );
  const falls = [{ caption: byPhase, head: phase, parts: stages }];
  if (systems.length > 1) falls.push({ caption: byRepository, head: repository, parts: systems });
  return buildWaterfalls({ change: shown, names: { ...namePeriods(report, pageContext), value }, falls });
}

/** "How this adds up"; `null` where nothing is shown that could. */
export function buildAdding({ of, now, before }: WhatChangedReport, { unit }: ShownChange) {
  if (now.mean === null) return null;
  const least = Math.min(now.mean, before.mean ?? now.mean);
  const step = pickStep(least > 0 ? least : now.mean, unit);
  return { label: whatChangedWords.howItAddsUp, lines: explainParts(of, formatSteps(step, unit)) };
}
