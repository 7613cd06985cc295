import { toLocalDate } from './calendar';
import { passes, type NaiveReviewedMerge } from './facts';
import { mean, percentile } from './statistics';

/* What changed from docs/definitions.md, 6.5, over arrays of objects: slow and plain. */

export interface NaiveWhole {
  readonly merge: Pick<
    NaiveReviewedMerge,
    'system' | 'teams' | 'openedAt' | 'mergedAt' | 'isDeployment' | 'firstCommitAt'
  >;
  /** Seconds. */
  readonly phases: Readonly<Record<string, number>>;
}

interface Period {
  /** `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
}

export interface NaiveChangeQuestion {
  readonly of: 'deployments' | 'merged';
  readonly range: Period;
  readonly compared: Period;
  readonly zone: string;
  /** Uuids; `null`: all. */
  readonly systems: readonly string[] | null;
  /** Slugs; none: all. */
  readonly teams: readonly string[];
}

export function computeNaiveWhatChanged(all: readonly NaiveWhole[], question: NaiveChangeQuestion) {
  const [now, before] = [question.range, question.compared].map((period) => measure(all, question, period));
  if (now === undefined || before === undefined) throw new Error('There are two periods.');
  const isEnough = now.lives.length >= 5 && before.lives.length >= 5;
  const uuids = [...new Set([...now.lives, ...before.lives].map(({ uuid }) => uuid))];
  const names = [...new Set([...now.lives, ...before.lives].flatMap(({ phases }) => Object.keys(phases)))];
  return {
    now: now.told,
    before: before.told,
    difference: isEnough ? toMean(now.lives) - toMean(before.lives) : null,
    phases: Object.fromEntries(
      names.map((name) => [name, isEnough ? toMean(now.lives, name) - toMean(before.lives, name) : null]),
    ),
    systems: Object.fromEntries(uuids.map((uuid) => [uuid, isEnough ? computePart(uuid, now, before) : null])),
  };
}

interface Life {
  readonly uuid: string;
  readonly phases: Readonly<Record<string, number>>;
  readonly whole: number;
}

interface Measured {
  readonly lives: readonly Life[];
  readonly told: object;
}

function measure(all: readonly NaiveWhole[], question: NaiveChangeQuestion, { from, to }: Period): Measured {
  const rows = all.filter(({ merge }) => {
    const date = toLocalDate(merge.mergedAt, question.zone);
    return date >= from && date <= to && passes(merge, question) && (question.of === 'merged' || merge.isDeployment);
  });
  const known = rows.filter(({ merge }) => merge.firstCommitAt !== null && merge.firstCommitAt <= merge.openedAt);
  const lives = known.map(({ merge, phases }) => toLife(merge.system.uuid, phases, question.of));
  const wholes = lives.map(({ whole }) => whole);
  const told = {
    n: lives.length,
    leftOut: rows.length - lives.length,
    mean: mean(wholes),
    median: percentile(wholes, 0.5),
  };
  return { lives, told };
}

/** On Changes & Reviews a life ends with the merge. */
function toLife(uuid: string, phases: NaiveWhole['phases'], of: NaiveChangeQuestion['of']): Life {
  const own = Object.fromEntries(
    Object.entries(phases).filter(([name]) => of === 'deployments' || name !== 'waiting_for_deployment'),
  );
  let whole = 0;
  for (const seconds of Object.values(own)) whole += seconds;
  return { uuid, phases: own, whole };
}

/** Of the whole lives, or of one phase; 0 of none. */
function toMean(lives: readonly Life[], name: string | null = null): number {
  return mean(lives.map((life) => (name === null ? life.whole : (life.phases[name] ?? 0)))) ?? 0;
}

function computePart(uuid: string, now: Measured, before: Measured): number {
  const [ownNow, ownBefore] = [now, before].map(({ lives }) => lives.filter((life) => life.uuid === uuid));
  if (ownNow === undefined || ownBefore === undefined) throw new Error('There are two periods.');
  const [s1, s0] = [ownNow.length / now.lives.length, ownBefore.length / before.lives.length];
  const middle = (toMean(now.lives) + toMean(before.lives)) / 2;
  return s1 * toMean(ownNow) - s0 * toMean(ownBefore) - (s1 - s0) * middle;
}
