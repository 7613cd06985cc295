import type { Phase } from '../../../domain/reviews/phase';
import type { WhatChangedReport } from '../../../reporting/answers/what-changed';
import { pickOneUnit, type OneUnit } from '../format/one-unit';
import { pickStep, roundParts, roundToStep } from './add-up';

/** What phases are told together as: work and waiting in turn, in the order of work. */
export const stages = ['coding', 'review', 'inReview', 'merge', 'deployment'] as const;
export type Stage = (typeof stages)[number];

const phasesOf: Readonly<Record<Stage, readonly Phase[]>> = {
  coding: ['coding', 'draft'],
  review: ['waiting_for_first_review'],
  inReview: ['in_review', 'waiting_for_author'],
  merge: ['approved', 'in_merge_queue'],
  deployment: ['waiting_for_deployment'],
};

/** A stage in seconds; as it is, and as it is shown. */
export interface ShownStage {
  readonly stage: Stage;
  readonly now: number;
  readonly before: number;
  readonly part: number;
}

export interface ShownSystem {
  /** `null`: several small ones together. */
  readonly system: { readonly uuid: string; readonly name: string } | null;
  /** How many repositories. */
  readonly count: number;
  readonly part: number;
}

/** What changed as it is shown: whole steps, in seconds, that add up. */
export interface ShownChange {
  readonly unit: OneUnit;
  readonly now: number;
  readonly before: number;
  /** `now` less `before`, and the sum of the parts of either kind. */
  readonly difference: number;
  /** In the order of work. */
  readonly stages: readonly ShownStage[];
  /** From what moved most the way of the difference to what moved most against it. */
  readonly systems: readonly ShownSystem[];
}

/** As many repositories stand by name, besides what the others are together. */
const mostNamed = 4;

/** Both means and all parts, rounded so that what is shown adds up. */
export function buildShownChange({ of, now, before, phases, systems }: WhatChangedReport): ShownChange {
  const [is, was] = [now.mean ?? 0, before.mean ?? 0];
  const unit = pickOneUnit(is);
  const step = pickStep(Math.min(is, was) || Math.max(is, was), unit);
  const whole = { now: roundToStep(is, step), before: roundToStep(was, step) };
  const difference = whole.now - whole.before;
  return {
    ...{ unit, ...whole, difference },
    stages: roundStages(listStages(phases), { whole, step, areLevelsShown: of === 'merged' }),
    systems: buildSystems(systems, difference, step),
  };
}

interface Rounding {
  readonly whole: { readonly now: number; readonly before: number };
  readonly step: number;
  /** Then a part is the difference of two numbers that are seen beside it. */
  readonly areLevelsShown: boolean;
}

function roundStages(told: readonly ShownStage[], { whole, step, areLevelsShown }: Rounding): ShownStage[] {
  const round = (key: 'now' | 'before' | 'part', total: number) =>
    roundParts(
      told.map((stage) => stage[key]),
      total,
      step,
    );
  const [now, before] = [round('now', whole.now), round('before', whole.before)];
  const parts = round('part', whole.now - whole.before);
  return told.map(({ stage }, index) => {
    const [own, ownBefore] = [now[index] ?? 0, before[index] ?? 0];
    return { stage, now: own, before: ownBefore, part: areLevelsShown ? own - ownBefore : (parts[index] ?? 0) };
  });
}

/** Waiting for a deployment is told where there was any. */
function listStages(phases: WhatChangedReport['phases']): ShownStage[] {
  const addUp = (stage: Stage, key: 'now' | 'before') =>
    phases.filter(({ phase }) => phasesOf[stage].includes(phase)).reduce((sum, phase) => sum + (phase[key] ?? 0), 0);
  return stages
    .map((stage) => ({ stage, now: addUp(stage, 'now'), before: addUp(stage, 'before') }))
    .filter(({ stage, now, before }) => stage !== 'deployment' || now + before > 0)
    .map((one) => ({ ...one, part: one.now - one.before }));
}

function buildSystems(all: WhatChangedReport['systems'], difference: number, step: number): ShownSystem[] {
  const largest = all.toSorted((one, other) => Math.abs(other.part ?? 0) - Math.abs(one.part ?? 0));
  const isFew = largest.length <= mostNamed + 1;
  const named = largest
    .slice(0, isFew ? largest.length : mostNamed)
    .map(({ system, part }): ShownSystem => ({ system, count: 1, part: part ?? 0 }));
  const others = largest.slice(named.length);
  const rest = others.reduce((sum, { part }) => sum + (part ?? 0), 0);
  const rows = others.length === 0 ? named : [...named, { system: null, count: others.length, part: rest }];
  const rounded = roundParts(
    rows.map(({ part }) => part),
    difference,
    step,
  );
  const way = difference > 0 ? -1 : 1;
  return rows
    .map((row, index) => ({ ...row, part: rounded[index] ?? 0 }))
    .sort((one, other) => way * (one.part - other.part));
}

/** Whether a draft was long enough to be shown: coding is then told as both. */
export function hasDrafts({ phases }: WhatChangedReport): boolean {
  return phases.some(({ phase, now, before }) => phase === 'draft' && (now ?? 0) + (before ?? 0) > 0);
}
