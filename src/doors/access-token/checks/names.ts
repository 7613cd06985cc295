import { failed, type Finding, type Step } from './check';
import type { NamedWorkspace } from './read-answers';

const nameForm = /^(\{[0-9a-f-]{36}\}|[\w.-]{1,128})$/iu;
/** A token that was given in the wrong place must not be taken for a name. */
const tokenForm = /^AT(ATT|CTT|BB)/u;

/** Whether this can be the short name or the UUID of a workspace. */
export function isWorkspaceName(name: string): boolean {
  return nameForm.test(name) && !tokenForm.test(name);
}

/** What is wrong with the names before anybody is asked; none is repeated, since it may be anything. */
export function findNameProblem(names: {
  readonly workspaceName: string;
  readonly repositories: readonly string[] | null;
}): { readonly step: Step; readonly finding: Finding } | null {
  if (!isWorkspaceName(names.workspaceName)) {
    const wayOut = 'Use the short name of the address: for https://bitbucket.org/acme/ that is acme.';
    return { step: 'workspace', finding: failed('This is no short name of a workspace.', wayOut) };
  }
  const { repositories } = names;
  if (repositories === null || (repositories.length > 0 && repositories.every((name) => nameForm.test(name)))) {
    return null;
  }
  const wayOut = 'Use the short name of its address: for https://bitbucket.org/acme/drums that is drums.';
  return { step: 'repositories', finding: failed('A repository is not named by its short name.', wayOut) };
}

export function missingRepository(name: string, workspace: NamedWorkspace): Finding {
  return failed(
    `${workspace.name} has no repository ${name} that this token may see.`,
    'Look at its short name in its address, and whether the token is of that repository or its project.',
  );
}
