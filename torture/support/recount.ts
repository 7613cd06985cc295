import { isDeepStrictEqual } from 'node:util';
import type { Workspace } from '../../simulator/world/model';
import { createChance } from '../../simulator/world/random';
import { listNaiveOpenWork } from '../../test/support/naive/open-work';
import { readNaiveFacts, type NaiveFacts } from '../../test/support/naive/read-world';
import { readNaiveReviews, type NaiveReview } from '../../test/support/naive/reviews';
import { answerBothReviews, readBothForms } from '../../test/support/product/compare-reviews';
import {
  answerBothDeliveries,
  cutDigits,
  drawQuestion,
  inOrder,
  listAll,
  setZone,
  toIncidentItem,
  toItem,
  toQueryOf,
  without,
} from '../../test/support/product/compare-with-world';
import type { ApiCaller } from '../../test/support/product/start-product';
import type { NaiveQuestion } from '../../test/support/naive/facts';

export interface Scope {
  readonly seed: number;
  /** How many are drawn. */
  readonly questions: number;
  /** The last day of the history, about which is asked. */
  readonly until: number;
}

export interface Recount {
  /** How many numbers, rows and lines of CSV were compared. */
  readonly compared: number;
  /** One sentence for each answer that is another than the recount's. */
  readonly differences: readonly string[];
}

interface Ground {
  readonly api: ApiCaller;
  readonly facts: NaiveFacts;
  readonly reviews: readonly NaiveReview[];
  readonly compare: Compare;
}

type Compare = (what: string, both: { readonly found: unknown; readonly expected: unknown }) => void;

const everything = 'from=2023-01-01&to=2027-12-31';

/**
 * Compares every deployment and incident, and the numbers of questions that are drawn, JSON and CSV, with the second
 * calculation over the world.
 */
export async function recount(api: ApiCaller, workspace: Workspace, scope: Scope): Promise<Recount> {
  const differences: string[] = [];
  let compared = 0;
  const compare: Compare = (what, { found, expected }) => {
    compared += countLeaves(expected);
    if (!isDeepStrictEqual(found, expected)) differences.push(`${what}: ${describeDifference(found, expected)}`);
  };
  const facts = readNaiveFacts(workspace);
  const ground = { api, facts, reviews: readNaiveReviews(facts.merges, facts.bots), compare };
  await compareLists(ground);
  const session = await api.openPage('settings');
  const chance = createChance(scope.seed);
  for (let round = 0; round < scope.questions; round += 1) {
    const question = drawQuestion(chance, workspace, scope.until);
    await setZone(api, session, question.zone);
    await compareNumbers(ground, question);
  }
  return { compared, differences };
}

async function compareLists({ api, facts, compare }: Ground): Promise<void> {
  const deployments = await listAll(api, '/deployments', everything);
  const expected = inOrder(facts.deployments.map(toItem), 'deploy_id');
  compare('deployments', { found: without(deployments, 'url', 'teams_as_of'), expected });
  const incidents = await listAll(api, '/incidents', everything);
  const expectedIncidents = inOrder(facts.incidents.map(toIncidentItem), 'incident_id');
  compare('incidents', { found: without(incidents, 'url'), expected: expectedIncidents });
}

interface Open {
  readonly items: readonly Record<string, unknown>[];
  readonly as_of: string;
}

async function compareNumbers({ api, facts, reviews, compare }: Ground, question: NaiveQuestion): Promise<void> {
  const asked = JSON.stringify(question);
  const delivered = await answerBothDeliveries(api, facts, question);
  compare(`delivery ${asked}`, delivered);
  const reviewed = await answerBothReviews(api, reviews, question);
  compare(`reviews ${asked}`, reviewed);
  const open = await api.get<Open>(`/metrics/work-in-progress?${toQueryOf(question)}`);
  const expected = listNaiveOpenWork(facts.open, question, { bots: facts.bots, now: Date.parse(open.as_of) });
  const found = cutDigits(without(open.items, 'url', 'author', 'merged_at'));
  compare(`open work ${asked}`, { found, expected: cutDigits(expected) });
  for (const [route, { report }] of [
    ['/metrics/accelerate', delivered],
    ['/metrics/reviews', reviewed],
  ] as const) {
    const { csv, json } = await readBothForms(api, route, { report, question });
    compare(`CSV of ${route} ${asked}`, { found: csv, expected: json });
  }
}

function countLeaves(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((count, one) => count + countLeaves(one), 0);
}

/** Where two answers part first. */
export function describeDifference(found: unknown, expected: unknown, at = 'it'): string {
  if (!isDeep(found) || !isDeep(expected)) {
    return `${at} is ${JSON.stringify(found)} and should be ${JSON.stringify(expected)}`;
  }
  if (Array.isArray(found) && Array.isArray(expected) && found.length !== expected.length) {
    return `${at} has ${found.length} entries and should have ${expected.length}`;
  }
  const names = [...new Set([...Object.keys(found), ...Object.keys(expected)])];
  const name = names.find((one) => !isDeepStrictEqual(found[one], expected[one]));
  return name === undefined ? 'nothing' : describeDifference(found[name], expected[name], `${at}/${name}`);
}

function isDeep(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
