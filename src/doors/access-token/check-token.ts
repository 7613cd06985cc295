import { createAskApi, type AskApi } from '../../bitbucket/client/ask-api';
import { RateLimited } from '../../bitbucket/client/errors';
import { send } from '../../bitbucket/client/transport';
import { failed, toCheck, type Check, type Step } from './checks/check';
import { isWorkspaceName } from './checks/names';
import { runPreflight, type Preflight } from './checks/preflight';
import { getTokenForm, toAuthorization, type GivenToken } from './credentials/credentials';
import { findTokenProblem } from './credentials/find-token-problem';
import { formatMoment } from './expiry';
import type { TokenNeeds } from './token-needs';

export interface CheckRequest extends GivenToken {
  /** Short name, or UUID with braces. */
  readonly workspaceName: string;
  /** Short names or UUIDs of those that the token reaches; `null`: the whole workspace. */
  readonly repositories: readonly string[] | null;
  /** Somebody says that nothing in the workspace is private. */
  readonly isPublic?: boolean;
  /** Whether BASE_URL is asked too whether it answers. Default: yes. */
  readonly baseUrlCheck?: boolean;
  /** Hears of each check as it is made. */
  readonly onCheck?: (check: Check) => void;
}

/** Looks what a token can do, changes nothing, and writes down what was found. */
export async function checkToken(needs: TokenNeeds, request: CheckRequest): Promise<Preflight> {
  const preflight = await lookAt(needs, request);
  await saveChecks(needs, request.workspaceName, preflight);
  return preflight;
}

/** What is found after the steps themselves: the check of that step gives way, and nothing may be connected. */
export function refuse(preflight: Preflight, step: Step, problem: { sentence: string; wayOut: string }): Preflight {
  const refusal = toCheck(step, failed(problem.sentence, problem.wayOut));
  const isThere = preflight.checks.some((check) => check.step === step);
  const checks = isThere
    ? preflight.checks.map((check) => (check.step === step ? refusal : check))
    : [refusal, ...preflight.checks];
  return { ...preflight, checks, canConnect: false };
}

/** Under the workspace's UUID once it is known here, else under the name that was asked for, if that is one. */
export async function saveChecks({ stores, clock }: TokenNeeds, asked: string, preflight: Preflight): Promise<void> {
  const { workspace } = preflight;
  const isKnown = workspace !== null && (await stores.workspaces.get(workspace.uuid)) !== null;
  const checks = preflight.checks.map(({ step, result, sentence, wayOut }) => ({ step, result, sentence, wayOut }));
  if (isKnown && asked !== workspace.uuid) await stores.connectionChecks.replaceAll(asked, [], clock.now());
  if (isKnown || isWorkspaceName(asked)) {
    await stores.connectionChecks.replaceAll(isKnown ? workspace.uuid : asked, checks, clock.now());
  }
}

async function lookAt(needs: TokenNeeds, request: CheckRequest): Promise<Preflight> {
  const { workspaceName, repositories, isPublic = false, baseUrlCheck = true, onCheck } = request;
  const problem = findTokenProblem(request);
  if (problem !== null) {
    const check = toCheck('token', failed(problem.sentence, problem.wayOut));
    onCheck?.(check);
    return { checks: [check], canConnect: false, workspace: null, repositories: null, canBeCalled: false };
  }
  const { ask, count } = createAsk(needs, request);
  return runPreflight(
    { workspaceName, form: getTokenForm(request), repositories, isPublic },
    {
      ...{ ask, baseUrl: needs.baseUrl, bitbucketApiUrl: needs.bitbucketApiUrl },
      askOwnAddress: async () => (baseUrlCheck ? askOwnAddress(needs.baseUrl) : null),
      onWorkspace: async ({ uuid }) => count(uuid),
      onCheck: onCheck ?? (() => undefined),
    },
  );
}

/** Of a workspace that is connected each question counts. */
function createAsk(needs: TokenNeeds, given: GivenToken): { ask: AskApi; count: (workspace: string) => Promise<void> } {
  let counted: string | null = null;
  const onTooMany = async (retryAfter: string | null): Promise<void> => {
    if (counted !== null) await needs.pauseRequests(counted, retryAfter);
  };
  const authorization = toAuthorization(given);
  const ask = createAskApi({ ...needs, apiUrl: needs.bitbucketApiUrl, authorization, onTooMany });
  return {
    count: async (workspace) => {
      if ((await needs.stores.connections.getLive(workspace)) !== null) counted = workspace;
    },
    ask: async (question) => {
      try {
        if (counted !== null) await needs.passRequest(counted, 'workspace');
      } catch (error) {
        if (!(error instanceof RateLimited)) throw error;
        return { kind: 'unreachable', reason: `the request limit is used up until ${formatMoment(error.retryAt)}` };
      }
      return ask(question);
    },
  };
}

const ownTimeoutMs = 5_000;

/** BASE_URL is a setting, not an address that somebody sent. */
async function askOwnAddress(baseUrl: string): Promise<boolean> {
  const answer = await send({ url: new URL(`${baseUrl}/livez`), authorization: '', timeoutMs: ownTimeoutMs });
  return answer.kind === 'answer' && answer.status === 200;
}
