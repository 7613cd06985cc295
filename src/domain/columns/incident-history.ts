import { compareText } from '../compare-text';
import type { Instant } from '../instant';
import type { DeploymentReferences, MonthColumns, SystemIncidents } from './month-columns';

export interface Fix {
  readonly number: number;
  readonly mergedAt: Instant;
  readonly source: number;
  /** 0: none. */
  readonly revertedNumber: number;
  readonly startedAt: Instant;
}

/** What is asked of a repository to tell what its incidents are blamed on. */
export interface History {
  readonly fixes: Fix[];
  /** When those were merged that a fix names. */
  readonly reverted: Map<number, Instant | null>;
  /** Where its deployments lie: from `start` to before `end`. */
  start: number;
  end: number;
}

/** By the number of the repository: those alone whose merges prove something. */
export type Histories = (History | undefined)[];

/** Deployments, those of a repository one behind the other: by their moment, of several at one instant by number. */
export interface Deployed {
  readonly at: Float64Array;
  readonly number: Uint32Array;
  readonly teamSet: Uint32Array;
}

export function readFix(
  { startAt, merges }: Pick<MonthColumns, 'startAt' | 'merges'>,
  row: number,
  index: number,
): Fix {
  const { proofs, number, at } = merges;
  return {
    number: number[row] ?? 0,
    mergedAt: startAt + (at[row] ?? 0),
    source: proofs.source[index] ?? 0,
    revertedNumber: proofs.revertedNumber[index] ?? 0,
    startedAt: proofs.startedAt[index] ?? 0,
  };
}

/** Room for the deployments of those repositories; each is given its place. */
export function createDeployed(counts: Uint32Array, histories: Histories): Deployed {
  let size = 0;
  for (const [system, history] of histories.entries()) {
    if (history === undefined) continue;
    history.start = size;
    history.end = size;
    size += counts[system] ?? 0;
  }
  return { at: new Float64Array(size), number: new Uint32Array(size), teamSet: new Uint32Array(size) };
}

/** Puts the deployments of a month into the room of their repositories; months come in their order. */
export function collectDeployments(month: MonthColumns, histories: Histories, deployed: Deployed): void {
  const { count, system } = month.deployments;
  for (let row = 0; row < count; row += 1) {
    const history = histories[system[row] ?? 0];
    if (history !== undefined) place(deployed, history, readDeployment(month, row));
  }
}

interface Deployment {
  readonly at: Instant;
  readonly number: number;
  readonly teamSet: number;
}

function readDeployment({ startAt, deployments }: MonthColumns, row: number): Deployment {
  const { at, number, teamSet } = deployments;
  return { at: startAt + (at[row] ?? 0), number: number[row] ?? 0, teamSet: teamSet[row] ?? 0 };
}

function place(deployed: Deployed, history: History, one: Deployment): void {
  const room = findRoom(deployed, history, one);
  deployed.at[room] = one.at;
  deployed.number[room] = one.number;
  deployed.teamSet[room] = one.teamSet;
  history.end += 1;
}

/** Rows come by their moment, and of several at one instant by their id as text, not by their number. */
function findRoom({ at, number, teamSet }: Deployed, { start, end }: History, one: Deployment): number {
  let place = end;
  while (place > start && at[place - 1] === one.at && (number[place - 1] ?? 0) > one.number) {
    at[place] = one.at;
    number[place] = number[place - 1] ?? 0;
    teamSet[place] = teamSet[place - 1] ?? 0;
    place -= 1;
  }
  return place;
}

/** Notes when those were merged in a month that fixes name. */
export function collectReverted({ startAt, merges }: MonthColumns, histories: Histories): void {
  const asked = histories.map((history) => (history?.reverted.size === 0 ? undefined : history?.reverted));
  const { system, number, at, count } = merges;
  for (let row = 0; row < count; row += 1) {
    const reverted = asked[system[row] ?? 0];
    const own = number[row] ?? 0;
    if (reverted?.has(own) === true) reverted.set(own, startAt + (at[row] ?? 0));
  }
}

/** The place of a deployment; -1: there is none. */
type DeployedPlace = number;

/** The incidents that the fixes of a repository end. */
export function toIncidents(system: number, history: History, deployed: Deployed): SystemIncidents {
  const { fixes, reverted } = history;
  const createdAt = Float64Array.from(fixes, (one) => reverted.get(one.revertedNumber) ?? one.startedAt);
  const order = Uint32Array.from(fixes.keys()).sort(
    (a, b) => (createdAt[a] ?? 0) - (createdAt[b] ?? 0) || compareText(toText(fixes[a]), toText(fixes[b])),
  );
  const incidents = createIncidents(fixes.length);
  order.forEach((index, place) => {
    const one = fixes[index];
    if (one === undefined) return;
    incidents.number[place] = one.number;
    incidents.createdAt[place] = createdAt[index] ?? 0;
    incidents.resolvedAt[place] = one.mergedAt;
    incidents.source[place] = one.source;
    const fix = findOwn(deployed, history, { number: one.number, at: one.mergedAt });
    refer(incidents.fix, place, { system, deployed, to: fix });
    refer(incidents.blamed, place, { system, deployed, to: findBlamed(deployed, history, { one, fix }) });
  });
  return incidents;
}

function toText(fix: Fix | undefined): string {
  return String(fix?.number);
}

/** Of nothing yet. */
export function createIncidents(count: number): SystemIncidents {
  return {
    count,
    number: new Uint32Array(count),
    createdAt: new Float64Array(count),
    resolvedAt: new Float64Array(count),
    source: new Uint8Array(count),
    blamed: createReferences(count),
    fix: createReferences(count),
  };
}

function createReferences(count: number): DeploymentReferences {
  return {
    number: new Uint32Array(count),
    system: new Uint32Array(count),
    teamSet: new Uint32Array(count),
    at: new Float64Array(count),
  };
}

function refer(
  references: DeploymentReferences,
  index: number,
  { system, deployed, to }: { readonly system: number; readonly deployed: Deployed; readonly to: DeployedPlace },
): void {
  if (to === -1) return;
  references.number[index] = deployed.number[to] ?? 0;
  references.system[index] = system;
  references.teamSet[index] = deployed.teamSet[to] ?? 0;
  references.at[index] = deployed.at[to] ?? 0;
}

/** What the merge that is reverted deployed, or else what was deployed last. */
function findBlamed(
  deployed: Deployed,
  history: History,
  { one, fix }: { readonly one: Fix; readonly fix: DeployedPlace },
): DeployedPlace {
  const undone = history.reverted.get(one.revertedNumber) ?? null;
  if (undone === null) return findLast(deployed, history, { createdAt: one.startedAt, fix });
  const direct = findOwn(deployed, history, { number: one.revertedNumber, at: undone });
  return direct === -1 ? findLast(deployed, history, { createdAt: undone, fix }) : direct;
}

/** What the merge of a pull request deployed. */
function findOwn(
  deployed: Deployed,
  history: History,
  { number, at }: { readonly number: number; readonly at: Instant },
): DeployedPlace {
  for (let place = findEnd(deployed, history, at) - 1; place >= history.start; place -= 1) {
    if ((deployed.at[place] ?? 0) < at) return -1;
    if (deployed.number[place] === number) return place;
  }
  return -1;
}

/** The last deployment at or before the instant, never the fix itself. */
function findLast(
  deployed: Deployed,
  history: History,
  { createdAt, fix }: { readonly createdAt: Instant; readonly fix: DeployedPlace },
): DeployedPlace {
  const last = findEnd(deployed, history, createdAt) - 1;
  const place = last === fix ? last - 1 : last;
  return place < history.start ? -1 : place;
}

/** By bisection, the place behind those at or before the instant. */
function findEnd({ at: instants }: Deployed, { start, end }: History, at: Instant): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((instants[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
