import { readVariables, type Environment } from './settings';

const budget = 'BITBUCKET_REQUESTS_PER_HOUR';

/** What the process turned out to use where nothing is set, and where a secret tells more than whether it is there. */
interface Derived {
  readonly databaseUrl: string;
  readonly baseUrl: string;
  readonly appKey: string;
}

/**
 * The configuration in force, for the log: of every variable its value, or its default marked as one; of secrets
 * nothing.
 */
export function describeConfiguration(environment: Environment, derived: Derived): Readonly<Record<string, string>> {
  const known: Readonly<Record<string, string>> = {
    DATABASE_URL: derived.databaseUrl,
    BASE_URL: derived.baseUrl,
    APP_KEY: derived.appKey,
    [budget]: getText(environment, budget, '1000, or what Bitbucket grants') ?? '',
  };
  const lines = readVariables.map(({ name, absent, isSecret }): [string, string] => {
    const value = known[name] ?? (isSecret ? null : getText(environment, name, absent));
    const names = isSecret ? [name, `${name}_FILE`] : [name];
    return [
      name,
      tell(
        value,
        names.some((given) => getText(environment, given, null) !== null),
      ),
    ];
  });
  return Object.fromEntries([...lines, ['NODE_ENV', getText(environment, 'NODE_ENV', 'not set') ?? '']]);
}

/** Set to nothing is not set. */
function getText(environment: Environment, name: string, absent: string | null): string | null {
  const text = environment[name] ?? '';
  return text === '' ? absent : text;
}

/** `null` stands for a secret. */
function tell(value: string | null, isSet: boolean): string {
  if (value === null) return isSet ? 'set' : 'not set';
  return isSet ? hidePassword(value) : `${hidePassword(value)} (default)`;
}

/** An address without its password, wherever that may stand in it; anything else as it is. */
export function hidePassword(text: string): string {
  if (!text.includes('://') || !URL.canParse(text)) return text;
  const url = new URL(text);
  const hasOne = url.password !== '' || url.searchParams.has('password');
  if (!hasOne) return text;
  if (url.password !== '') url.password = '***';
  if (url.searchParams.has('password')) url.searchParams.set('password', '***');
  return url.toString();
}
