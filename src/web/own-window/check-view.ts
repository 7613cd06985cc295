import { lookUp } from '../../domain/look-up';
import type { CheckRow } from '../routing/web-dependencies';
import { formatDateTime } from '../presentation/format/dates';

type Result = CheckRow['result'];

const lozenges: Readonly<Record<Result, { readonly word: string; readonly tone: string }>> = {
  works: { word: 'Works', tone: 'success' },
  not_allowed: { word: 'Not allowed', tone: 'warning' },
  failed: { word: 'Does not work', tone: 'danger' },
  skipped: { word: 'Not checked', tone: 'neutral' },
};

/** Without these a workspace cannot be connected. */
const needed = new Set(['token', 'workspace', 'repositories', 'pull_requests']);

/** What to do where a step was not passed, as it can be told to anybody. */
const parts: Readonly<Record<string, { readonly name: string; readonly wayOut: string }>> = {
  token: { name: 'Token', wayOut: 'Make a token in Bitbucket and paste it whole.' },
  workspace: {
    name: 'Workspace',
    wayOut: 'Use the short name in the address of the workspace, and a token that was made in it.',
  },
  repositories: { name: 'Repositories', wayOut: 'The token needs to read repositories of this workspace.' },
  pull_requests: { name: 'Pull requests', wayOut: 'The token needs to read pull requests.' },
  webhook: {
    name: 'Webhook',
    wayOut: 'Changes are found without it, later. A workspace owner can add it: drumbeat hook prints how.',
  },
  pipelines: { name: 'Pipelines', wayOut: 'Merges stand in for deployments until the token may read pipelines.' },
  members: { name: 'Members', wayOut: 'People are known by what they do.' },
  groups: { name: 'Groups', wayOut: 'Keep teams by hand, on the settings page.' },
  administrators: { name: 'Administrators', wayOut: 'Most tokens may not read who they are. Nothing is lost.' },
  address: { name: 'Address', wayOut: 'Set BASE_URL to an https address that Bitbucket can reach.' },
};

/**
 * The last check of a token, for the first page of an installation. Whoever reaches the address sees that page, signed
 * in or not, so it says of every part whether it works and the way out in words of ours; what Bitbucket told (names of
 * workspaces and repositories, how many there are, people) is in the terminal where the check was made, and nowhere here.
 */
export function buildCheckView(rows: readonly CheckRow[]) {
  const [first] = rows;
  if (first === undefined) return null;
  const working = rows.filter(({ result }) => result === 'works').length;
  return {
    at: `${formatDateTime(first.checkedAt, 'UTC')} UTC`,
    summary: `${working} of ${rows.length} work. ${
      canConnect(rows)
        ? 'You can connect now and add the rest later.'
        : 'Put right what does not work, then check again. The terminal says more.'
    }`,
    parts: rows.map(({ step, result }) => ({
      name: lookUp(parts, step)?.name ?? step,
      mark: lozenges[result],
      wayOut: result === 'works' ? null : (lookUp(parts, step)?.wayOut ?? 'The terminal says more.'),
    })),
  };
}

/** Nothing is known to be in the way. */
export function canConnect(rows: readonly CheckRow[]): boolean {
  const found = rows.filter(({ step }) => needed.has(step));
  return found.some(({ step }) => step === 'pull_requests') && found.every(({ result }) => result !== 'failed');
}
