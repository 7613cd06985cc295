import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { describeSystemError } from './machine/system-error';

/** What the environment asks for, checked; see README for the meaning of each variable. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Public address without a trailing slash; `null`: derived from the port that is taken. */
  readonly baseUrl: string | null;
  readonly databaseUrl: string;
  /** Without a trailing slash. */
  readonly bitbucketUrl: string;
  /** Without a trailing slash. */
  readonly bitbucketApiUrl: string;
  /** `null`: the key in the descriptor. */
  readonly appKey: string | null;
  /** 32 bytes; `null`: generated beside the SQLite file. */
  readonly encryptionKey: Buffer | null;
  readonly importDays: number;
  readonly reconcileMinutes: number;
  readonly requestsPerHour: number;
  readonly retentionDays: number;
  readonly logLevel: string;
  readonly metricsToken: string | null;
  readonly role: 'web' | 'worker' | 'all';
  readonly isProduction: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that is wrong with the environment, one sentence a problem. */
export class WrongSettings extends Error {
  constructor(readonly problems: readonly string[]) {
    const list = problems.length === 1 ? ` ${problems.join()}` : problems.map((problem) => `\n  ${problem}`).join('');
    super(`The environment cannot be used:${list}`);
    this.name = 'WrongSettings';
  }
}

const secretNames = ['DATABASE_URL', 'ENCRYPTION_KEY', 'METRICS_TOKEN'] as const;

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/u)
    .transform(Number)
    .refine((value) => value >= least && value <= most);

const address = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/u.test(new URL(text).protocol) && !/[?#]/u.test(text))
  .transform((text) => text.replace(/\/+$/u, ''));

/** Paths are looked at when they are opened; of an address every part can be read as it stands. */
function isReadable(databaseUrl: string): boolean {
  if (databaseUrl.startsWith('sqlite:')) return true;
  try {
    decodeURI(databaseUrl);
    return URL.canParse(databaseUrl);
  } catch {
    return false;
  }
}

/** Each variable: how it is read, what it is when absent, and the allowed form in words. */
const variables = {
  PORT: { schema: wholeNumber(0, 65_535), absent: '3000', form: 'a port from 0 to 65535' },
  HOST: { schema: z.string().min(1), absent: '127.0.0.1', form: 'an address to bind' },
  BASE_URL: { schema: address.nullable(), absent: null, form: 'an http or https address without query' },
  DATABASE_URL: {
    schema: z.string().refine((text) => /^(sqlite:.+|postgres(ql)?:\/\/.+)$/u.test(text) && isReadable(text)),
    absent: 'sqlite:data/drumbeat.sqlite',
    form: 'sqlite:<path>, sqlite::memory: or postgres://user:password@host:port/database, special characters as %XX',
  },
  BITBUCKET_URL: { schema: address, absent: 'https://bitbucket.org', form: 'an http or https address without query' },
  BITBUCKET_API_URL: {
    schema: address,
    absent: 'https://api.bitbucket.org',
    form: 'an http or https address without query',
  },
  APP_KEY: {
    schema: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,80}$/u)
      .nullable(),
    absent: null,
    form: 'up to 80 letters, digits, dots, dashes and underscores',
  },
  ENCRYPTION_KEY: {
    schema: z
      .string()
      .transform((text) => Buffer.from(text, 'base64'))
      .refine((key) => key.length === 32)
      .nullable(),
    absent: null,
    form: '32 bytes in base64',
  },
  IMPORT_DAYS: { schema: wholeNumber(1, 36_500), absent: '365', form: 'a number of days from 1 to 36500' },
  RECONCILE_MINUTES: { schema: wholeNumber(1, 10_080), absent: '60', form: 'a number of minutes from 1 to 10080' },
  BITBUCKET_REQUESTS_PER_HOUR: {
    schema: wholeNumber(1, 10_000_000),
    absent: '1000',
    form: 'a whole number from 1 to 10000000',
  },
  RETENTION_DAYS: { schema: wholeNumber(0, 3650), absent: '30', form: 'a number of days from 0 to 3650' },
  LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    absent: 'info',
    form: 'fatal, error, warn, info, debug, trace or silent',
  },
  METRICS_TOKEN: { schema: z.string().min(16).nullable(), absent: null, form: 'at least 16 characters' },
  ROLE: { schema: z.enum(['web', 'worker', 'all']), absent: 'all', form: 'web, worker or all' },
} as const;

type Name = keyof typeof variables;
type Values = { [N in Name]: z.output<(typeof variables)[N]['schema']> };

const isSecret = (name: string): boolean => (secretNames as readonly string[]).includes(name);

/** Every variable that is read, for those who tell of them: `absent` is the default as text, `null` when there is none. */
export const readVariables: readonly {
  readonly name: string;
  readonly absent: string | null;
  readonly isSecret: boolean;
}[] = Object.entries(variables).map(([name, { absent }]) => ({ name, absent, isSecret: isSecret(name) }));

/** The text of a variable: itself, or for secrets the content of the file that `NAME_FILE` names. */
function readText(name: Name, environment: Environment, problems: string[]): string | null {
  const text = environment[name];
  const file = isSecret(name) ? environment[`${name}_FILE`] : undefined;
  if (text !== undefined && text !== '') return text;
  if (file === undefined || file === '') return variables[name].absent;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    problems.push(`${name}_FILE is "${file}": the file cannot be read (${describeSystemError(error)}).`);
    return variables[name].absent;
  }
}

function readValues(environment: Environment, problems: string[]): Partial<Values> {
  const values: Partial<Record<Name, unknown>> = {};
  for (const name of Object.keys(variables) as Name[]) {
    const text = readText(name, environment, problems);
    const result = variables[name].schema.safeParse(text);
    if (result.success) {
      values[name] = result.data;
    } else {
      problems.push(`${name} is ${isSecret(name) ? 'wrong' : `"${text ?? ''}"`}: allowed is ${variables[name].form}.`);
    }
  }
  return values as Partial<Values>;
}

/** What single variables cannot tell: each rule with its sentence. */
function findContradictions(values: Partial<Values>, environment: Environment): string[] {
  const isProduction = environment['NODE_ENV'] === 'production';
  const baseUrl = values.BASE_URL ?? '';
  const isPostgres = (values.DATABASE_URL ?? '').startsWith('postgres');
  const rules: [boolean, string][] = [
    [
      isProduction && !baseUrl.startsWith('https://'),
      `BASE_URL is "${baseUrl}": in production it must be an https address.`,
    ],
    [
      isPostgres && values.ENCRYPTION_KEY === null,
      'ENCRYPTION_KEY is missing: with PostgreSQL it is required, 32 bytes in base64.',
    ],
    [
      isProduction && environment['AC_OPTS'] !== undefined,
      'AC_OPTS is set: it can switch authentication off and is refused in production.',
    ],
  ];
  return rules.filter(([isBroken]) => isBroken).map(([, problem]) => problem);
}

/**
 * Reads and checks the environment (docs/contract.md, 2).
 * @throws {WrongSettings} naming every problem at once.
 */
export function readSettings(environment: Environment): Settings {
  const problems: string[] = [];
  const partial = readValues(environment, problems);
  problems.push(...findContradictions(partial, environment));
  if (problems.length > 0) throw new WrongSettings(problems);
  const values = partial as Values;
  return {
    port: values.PORT,
    host: values.HOST,
    baseUrl: values.BASE_URL,
    databaseUrl: values.DATABASE_URL,
    bitbucketUrl: values.BITBUCKET_URL,
    bitbucketApiUrl: values.BITBUCKET_API_URL,
    appKey: values.APP_KEY,
    encryptionKey: values.ENCRYPTION_KEY,
    importDays: values.IMPORT_DAYS,
    reconcileMinutes: values.RECONCILE_MINUTES,
    requestsPerHour: values.BITBUCKET_REQUESTS_PER_HOUR,
    retentionDays: values.RETENTION_DAYS,
    logLevel: values.LOG_LEVEL,
    metricsToken: values.METRICS_TOKEN,
    role: values.ROLE,
    isProduction: environment['NODE_ENV'] === 'production',
  };
}
