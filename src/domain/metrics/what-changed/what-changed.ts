import type { DateRange } from '../../calendar/date-range';
import type { WorkspaceColumns } from '../../columns/month-columns';
import { phases, type Phase } from '../../reviews/phase';
import { compareMedians, type Movement } from '../movement';
import { toSystemCounting } from '../selection/cells';
import type { FilterChoice } from '../selection/row-filter';
import { tallyWholeTimes, type SystemTime, type WholePopulation, type WholeTimes } from './tally-whole-times';

/** A range and the period that it is compared with, under filters. */
export interface ChangeQuestion extends FilterChoice {
  readonly of: WholePopulation;
  readonly range: DateRange;
  readonly compared: DateRange;
}

/** Seconds; `null` where one of the periods has too few to tell. */
interface Part {
  readonly part: number | null;
}

export interface PhasePart extends Part {
  readonly phase: Phase;
  /** Mean seconds; `null` without a pull request. */
  readonly now: number | null;
  readonly before: number | null;
}

export interface SystemPart extends Part {
  readonly uuid: string;
  /** `null`: none of its pull requests is there. */
  readonly now: SystemTime | null;
  readonly before: SystemTime | null;
}

/** How the mean whole time of pull requests changed, in parts that add up to the difference. */
export interface WhatChanged {
  readonly now: WholeTimes;
  readonly before: WholeTimes;
  readonly movement: Movement;
  /** Mean now less mean before, in seconds; `null` where one of the periods has too few to tell. */
  readonly difference: number | null;
  /** In the order of work. */
  readonly phases: readonly PhasePart[];
  /** Every repository that has a pull request in one of the periods. */
  readonly systems: readonly SystemPart[];
}

/**
 * What changed between two periods (docs/definitions.md, 6.5). Means have parts, medians have none.
 *
 * @throws if the question is asked in another zone than the columns' days are cut in
 */
export function computeWhatChanged(columns: WorkspaceColumns, question: ChangeQuestion): WhatChanged {
  const { of, range, compared, systems, teams } = question;
  const tally = (period: DateRange): WholeTimes =>
    tallyWholeTimes(columns, toSystemCounting(columns, { range: period, systems, teams }, []), of);
  const [now, before] = [tally(range), tally(compared)];
  const movement = findMovement(now, before);
  const isTold = movement !== 'too few to tell';
  return {
    ...{ now, before, movement },
    difference: isTold ? (now.mean ?? 0) - (before.mean ?? 0) : null,
    phases: listPhaseParts({ now, before }, { of, isTold }),
    systems: listSystemParts({ now, before }, isTold),
  };
}

/** A mean needs as many as a median to tell something. */
function findMovement(now: WholeTimes, before: WholeTimes): Movement {
  return compareMedians({ value: now.mean ?? 0, n: now.n }, { value: before.mean ?? 0, n: before.n });
}

interface Both {
  readonly now: WholeTimes;
  readonly before: WholeTimes;
}

function listPhaseParts(
  { now, before }: Both,
  { of, isTold }: { readonly of: WholePopulation; readonly isTold: boolean },
): PhasePart[] {
  const told = phases.filter((phase) => of === 'deployments' || phase !== 'waiting_for_deployment');
  return told.map((phase) => {
    const [is, was] = [now.phases?.[phase] ?? null, before.phases?.[phase] ?? null];
    return { phase, now: is, before: was, part: isTold ? (is ?? 0) - (was ?? 0) : null };
  });
}

function listSystemParts(both: Both, isTold: boolean): SystemPart[] {
  const uuids = [...new Set([...both.now.systems.keys(), ...both.before.systems.keys()])];
  return uuids.map((uuid) => {
    const [now, before] = [both.now.systems.get(uuid) ?? null, both.before.systems.get(uuid) ?? null];
    const part = isTold ? computePart(weigh(now, both.now), weigh(before, both.before)) : null;
    return { uuid, now, before, part };
  });
}

/** A repository among all pull requests of a period. */
interface Weighed {
  /** Of the pull requests, from 0 to 1. */
  readonly share: number;
  readonly mean: number;
  readonly meanOfAll: number;
}

function weigh(own: SystemTime | null, all: WholeTimes): Weighed {
  const meanOfAll = all.mean ?? 0;
  return own === null ? { share: 0, mean: 0, meanOfAll } : { share: own.n / all.n, mean: own.mean, meanOfAll };
}

/**
 * s₁·m₁ − s₀·m₀ − (s₁ − s₀)·(M₁ + M₀)/2: what its own times did, and what its larger or smaller share of the pull
 * requests did against the mean of all. The last terms of all repositories cancel out.
 */
function computePart(now: Weighed, before: Weighed): number {
  const middle = (now.meanOfAll + before.meanOfAll) / 2;
  return now.share * now.mean - before.share * before.mean - (now.share - before.share) * middle;
}
