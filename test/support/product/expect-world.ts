import { createChance } from '../../../simulator/world/random';
import type { Repository, Workspace } from '../../../simulator/world/model';
import { listNaiveOpenWork } from '../naive/open-work';
import { readNaiveFacts } from '../naive/read-world';
import { readNaiveReviews } from '../naive/reviews';
import { answerBothReviews } from './compare-reviews';
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
} from './compare-with-world';
import type { RunningProduct } from './start-product';

type Api = Pick<RunningProduct, 'api' | 'get' | 'openPage'>;

interface Scope {
  readonly seed: number;
  /** How many questions are drawn. */
  readonly questions: number;
  /** The last day of the history, about which is asked. */
  readonly until: number;
}

interface Open {
  readonly items: readonly Record<string, unknown>[];
  readonly as_of: string;
}

const everything = 'from=2023-01-01&to=2027-12-31';

/** What a token sees of a workspace: some of its repositories, and no groups where Bitbucket does not show them. */
export function restrictWorkspace(
  workspace: Workspace,
  to: { readonly isWanted?: (repository: Repository) => boolean; readonly areGroupsShown: boolean },
): Workspace {
  const wanted = [...workspace.repositories].filter(([, repository]) => to.isWanted?.(repository) ?? true);
  return { ...workspace, repositories: new Map(wanted), groups: to.areGroupsShown ? workspace.groups : [] };
}

/** Every deployment, incident, number and open pull request that the API tells equals the second calculation over a world. */
export async function expectWorld(product: Api & Pick<RunningProduct, 'getText'>, workspace: Workspace, scope: Scope) {
  const facts = readNaiveFacts(workspace);
  const reviews = readNaiveReviews(facts.merges, facts.bots);
  const deployments = await listAll(product, '/deployments', everything);
  expect(without(deployments, 'url', 'teams_as_of')).toEqual(inOrder(facts.deployments.map(toItem), 'deploy_id'));
  const incidents = await listAll(product, '/incidents', everything);
  expect(without(incidents, 'url')).toEqual(inOrder(facts.incidents.map(toIncidentItem), 'incident_id'));
  const systems = await product.get<{ items: { uuid: string }[] }>('/systems');
  expect(systems.items.map(({ uuid }) => uuid).sort()).toEqual([...workspace.repositories.keys()].sort());
  const session = await product.openPage('settings');
  const chance = createChance(scope.seed);
  for (let round = 0; round < scope.questions; round += 1) {
    const question = drawQuestion(chance, workspace, scope.until);
    await setZone(product, session, question.zone);
    const delivered = await answerBothDeliveries(product, facts, question);
    const reviewed = await answerBothReviews(product, reviews, question);
    expect({ question, report: delivered.found }).toEqual({ question, report: delivered.expected });
    expect({ question, report: reviewed.found }).toEqual({ question, report: reviewed.expected });
    const open = await product.get<Open>(`/metrics/work-in-progress?${toQueryOf(question)}`);
    const expected = listNaiveOpenWork(facts.open, question, { bots: facts.bots, now: Date.parse(open.as_of) });
    const found = without(open.items, 'url', 'author', 'merged_at');
    expect({ question, found: cutDigits(found) }).toEqual({ question, found: cutDigits(expected) });
  }
  return { deployments: deployments.length, incidents: incidents.length };
}
