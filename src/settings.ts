import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { describeSystemError } from './machine/system-error';
import { secretNames, variables } from './variables';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that is wrong with the environment, one sentence a problem. */
export class WrongSettings extends Error {
  constructor(readonly problems: readonly string[]) {
    const list = problems.length === 1 ? ` ${problems.join()}` : problems.map((problem) => `\n  ${problem}`).join('');
    super(`The environment cannot be used:${list}`);
    this.name = 'WrongSettings';
  }
}

type Setting = keyof typeof variables;
type Values = { readonly [S in Setting]: z.output<(typeof variables)[S]['schema']> };

/** What the environment asks for, checked; see README for the meaning of each variable. */
export type Settings = Values & { readonly isProduction: boolean };

const isSecret = (name: string): boolean => (secretNames as readonly string[]).includes(name);

/** Every variable that is read, for those who tell of them: `absent` is the default as text, `null` when there is none. */
export const readVariables = Object.values(variables).map(({ name, absent }) => {
  return { name, absent, isSecret: isSecret(name) };
});

/** The text of a variable: itself, or for secrets the content of the file that `NAME_FILE` names. */
function readText(
  { name, absent }: { readonly name: string; readonly absent: string | null },
  environment: Environment,
  problems: string[],
): string | null {
  const text = environment[name];
  const file = isSecret(name) ? environment[`${name}_FILE`] : undefined;
  if (text !== undefined && text !== '') return text;
  if (file === undefined || file === '') return absent;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    problems.push(`${name}_FILE is "${file}": the file cannot be read (${describeSystemError(error)}).`);
    return absent;
  }
}

function readValues(environment: Environment, problems: string[]): Partial<Values> {
  const values: Partial<Record<Setting, unknown>> = {};
  for (const setting of Object.keys(variables) as Setting[]) {
    const variable = variables[setting];
    const text = readText(variable, environment, problems);
    const result = variable.schema.safeParse(text);
    if (result.success) {
      values[setting] = result.data;
    } else {
      const value = isSecret(variable.name) ? 'wrong' : `"${text ?? ''}"`;
      problems.push(`${variable.name} is ${value}: allowed is ${variable.form}.`);
    }
  }
  return values as Partial<Values>;
}

const isProduction = (environment: Environment): boolean => environment['NODE_ENV'] === 'production';

/** What is refused in production: each rule with its sentence. */
function listForbidden(environment: Environment, baseUrl: string): [boolean, string][] {
  return [
    [!baseUrl.startsWith('https://'), `BASE_URL is "${baseUrl}": in production it must be an https address.`],
    [
      environment['AC_OPTS'] !== undefined,
      'AC_OPTS is set: it can switch authentication off and is refused in production.',
    ],
    [
      (environment['CRASH_AT'] ?? '') !== '',
      'CRASH_AT is set: it makes the process end itself and is refused in production.',
    ],
  ];
}

/** What single variables cannot tell: each rule with its sentence. */
function findContradictions(values: Partial<Values>, environment: Environment): string[] {
  const isPostgres = (values.databaseUrl ?? '').startsWith('postgres');
  const rules: [boolean, string][] = [
    [
      isPostgres && values.encryptionKey === null,
      'ENCRYPTION_KEY is missing: with PostgreSQL it is required, 32 bytes in base64.',
    ],
    [
      (values.trustedUserHeader === null) !== (values.trustedProxies === null),
      'TRUSTED_USER_HEADER and TRUSTED_PROXIES belong together: without the other each would let nobody or anybody in.',
    ],
    [
      (values.oauthKey === null) !== (values.oauthSecret === null),
      'BITBUCKET_OAUTH_KEY and BITBUCKET_OAUTH_SECRET belong together: signing in needs both.',
    ],
    [
      // The other way round is no mistake: Bitbucket Pipelines sets BITBUCKET_WORKSPACE for whatever runs there.
      values.connectWorkspace === null && values.connectToken !== null,
      'BITBUCKET_TOKEN is set without BITBUCKET_WORKSPACE: connecting needs both.',
    ],
    [
      values.connectToken === null && values.connectEmail !== null,
      'BITBUCKET_EMAIL is set without BITBUCKET_TOKEN: the e-mail address goes with an API token.',
    ],
    ...(isProduction(environment) ? listForbidden(environment, values.baseUrl ?? '') : []),
  ];
  return rules.filter(([isBroken]) => isBroken).map(([, problem]) => problem);
}

/**
 * Reads and checks the environment (docs/contract.md, 2).
 * @throws {WrongSettings} naming every problem at once.
 */
export function readSettings(environment: Environment): Settings {
  const problems: string[] = [];
  const values = readValues(environment, problems);
  problems.push(...findContradictions(values, environment));
  if (problems.length > 0) throw new WrongSettings(problems);
  return { ...(values as Values), isProduction: isProduction(environment) };
}
