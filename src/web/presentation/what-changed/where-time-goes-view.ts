import { compareMedians } from '../../../domain/metrics/movement';
import type { WhatChangedReport } from '../../../reporting/answers/what-changed';
import { formatSteps, keepTogether } from './add-up';
import { buildSentence, findTold, listNotes, namePeriods } from './change-state';
import { buildShownChange, hasDrafts, type ShownChange, type ShownStage } from './shown-change';
import { buildAdding, buildFalls, type ChangeMaterial } from './what-changed-view';
import { describeLongest, mergedWords, nameStage, stageChangeWords, timeWords } from './words';

/** The first thing on Changes & Reviews: the average life in its phases, now and before. */
export function buildWhereTimeGoesView(material: ChangeMaterial) {
  const { report, pageContext, medians } = material;
  const shown = buildShownChange(report);
  const told = findTold(report, shown);
  const isCompared = told === 'moved' || told === 'same';
  const names = namePeriods(report, pageContext);
  const toName = ({ stage }: ShownStage) => nameStage(stage, hasDrafts(report));
  const isKnown = report.now.n > 0;
  const sentence = buildSentence(report, shown, { words: mergedWords, medians });
  return {
    title: timeWords.title,
    sentence: keepTogether([sentence, isKnown ? describeLongestStage(shown, toName, isCompared) : ''].join(' ').trim()),
    now: isKnown ? buildBar(shown, { key: 'now', name: names.now, toName }) : null,
    before: isCompared ? buildBar(shown, { key: 'before', name: names.before, toName }) : null,
    stages: isKnown ? shown.stages.map((stage) => buildStage(stage, toName(stage), { shown, report, isCompared })) : [],
    notes: [...listNotes(report, shown), ...(isKnown ? [timeWords.key] : [])],
    falls: buildFalls(material, shown),
    adding: buildAdding(report, shown),
  };
}

type ToName = (stage: ShownStage) => string;

function describeLongestStage({ stages }: ShownChange, toName: ToName, isCompared: boolean): string {
  const longest = findLongest(stages, 'now');
  if (longest === null) return '';
  return describeLongest(toName(longest), isCompared && findLongest(stages, 'before') === longest);
}

/** `null` where none has any length. */
function findLongest(stages: readonly ShownStage[], key: 'now' | 'before'): ShownStage | null {
  return stages.reduce<ShownStage | null>((most, stage) => (stage[key] > (most?.[key] ?? 0) ? stage : most), null);
}

interface Bar {
  readonly key: 'now' | 'before';
  readonly name: string;
  readonly toName: ToName;
}

/** Stages beside each other, as wide as they are long in per cent of the whole. */
function buildBar(shown: ShownChange, { key, name, toName }: Bar) {
  const total = shown[key];
  const long = shown.stages.filter((stage) => stage[key] > 0);
  const toPercent = (seconds: number) => `${Number(((seconds / total) * 100).toFixed(2))}%`;
  const toText = (stage: ShownStage) => `${toName(stage)} ${formatSteps(stage[key], shown.unit)}`;
  return {
    name,
    total: formatSteps(total, shown.unit),
    label: `${name}: ${long.map(toText).join(', ')}.`,
    pieces: long.map((stage, index) => ({
      stage: stage.stage,
      title: toText(stage),
      x: toPercent(long.slice(0, index).reduce((sum, earlier) => sum + earlier[key], 0)),
      width: toPercent(stage[key]),
    })),
  };
}

interface StageContext {
  readonly shown: ShownChange;
  readonly report: WhatChangedReport;
  readonly isCompared: boolean;
}

function buildStage(stage: ShownStage, name: string, { shown, report, isCompared }: StageContext) {
  const time = formatSteps(stage.now, shown.unit);
  return { stage: stage.stage, name, time, change: isCompared ? buildChange(stage, shown, report) : null };
}

/** Words and arrow of what is shown; better or worse only where it moved enough. */
function buildChange({ now, before, part }: ShownStage, { unit }: ShownChange, report: WhatChangedReport) {
  if (part === 0) return { arrow: null, judgement: null, text: stageChangeWords.same };
  const movement = compareMedians({ value: now, n: report.now.n }, { value: before, n: report.before.n });
  const by = formatSteps(part, unit);
  const text = part > 0 ? stageChangeWords.longer(by) : stageChangeWords.shorter(by);
  if (movement !== 'higher' && movement !== 'lower') return { arrow: null, judgement: null, text };
  return { arrow: part > 0 ? '↑' : '↓', judgement: part > 0 ? ('worse' as const) : ('better' as const), text };
}
