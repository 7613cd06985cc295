import { z } from 'zod';
import { parseCrashAt } from './machine/crash-points';
import { address, given, isAddressOrNetwork, isReadable, key, wholeNumber } from './setting-forms';

/** Of which also `NAME_FILE` is read, and whose values are told nowhere. */
export const secretNames = [
  'DATABASE_URL',
  'ENCRYPTION_KEY',
  'ENCRYPTION_KEY_PREVIOUS',
  'METRICS_TOKEN',
  'BITBUCKET_TOKEN',
  // No secret, but a person's address: it is in no log either.
  'BITBUCKET_EMAIL',
  'BITBUCKET_OAUTH_SECRET',
] as const;

const splitList = (list: string): readonly string[] => list.split(',').map((one) => one.trim());
const isProxyList = (list: readonly string[]): boolean => list.every(isAddressOrNetwork);
const requestsForm = wholeNumber('a whole number', 1, 10_000_000);

/** Each setting: its variable, how that is read, what it is when absent, and the allowed form in words. */
export const variables = {
  port: { name: 'PORT', ...wholeNumber('a port', 0, 65_535), absent: '3000' },
  host: { name: 'HOST', schema: z.string().min(1), absent: '127.0.0.1', form: 'an address to bind' },
  /** Public address; `null`: derived from the port that is taken. */
  baseUrl: { name: 'BASE_URL', ...address, schema: address.schema.nullable(), absent: null },
  databaseUrl: {
    name: 'DATABASE_URL',
    schema: z.string().refine((text) => /^(sqlite:.+|postgres(ql)?:\/\/.+)$/u.test(text) && isReadable(text)),
    absent: 'sqlite:data/drumbeat.sqlite',
    form: 'sqlite:<path>, sqlite::memory: or postgres://user:password@host:port/database, special characters as %XX',
  },
  bitbucketUrl: { name: 'BITBUCKET_URL', ...address, absent: 'https://bitbucket.org' },
  bitbucketApiUrl: { name: 'BITBUCKET_API_URL', ...address, absent: 'https://api.bitbucket.org' },
  /** `null`: the key in the descriptor. */
  appKey: {
    name: 'APP_KEY',
    schema: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,80}$/u)
      .nullable(),
    absent: null,
    form: 'up to 80 letters, digits, dots, dashes and underscores',
  },
  /** `null`: generated beside the SQLite file. */
  encryptionKey: { name: 'ENCRYPTION_KEY', ...key },
  /** The key before a rotation, until everything is encrypted with the new one; `null`: there is none. */
  previousEncryptionKey: { name: 'ENCRYPTION_KEY_PREVIOUS', ...key },
  importDays: { name: 'IMPORT_DAYS', ...wholeNumber('a number of days', 1, 36_500), absent: '365' },
  reconcileMinutes: { name: 'RECONCILE_MINUTES', ...wholeNumber('a number of minutes', 1, 10_080), absent: '60' },
  /** `null`: a thousand, or more where Bitbucket says that it grants more. */
  requestsPerHour: {
    ...{ name: 'BITBUCKET_REQUESTS_PER_HOUR', absent: null, ...requestsForm },
    schema: requestsForm.schema.nullable(),
  },
  retentionDays: { name: 'RETENTION_DAYS', ...wholeNumber('a number of days', 0, 3650), absent: '30' },
  logLevel: {
    name: 'LOG_LEVEL',
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    absent: 'info',
    form: 'fatal, error, warn, info, debug, trace or silent',
  },
  metricsToken: {
    name: 'METRICS_TOKEN',
    schema: z.string().min(16).nullable(),
    absent: null,
    form: 'at least 16 characters',
  },
  /** The short name in its address. */
  connectWorkspace: {
    ...{ name: 'BITBUCKET_WORKSPACE', absent: null },
    schema: z
      .string()
      .regex(/^(\{[0-9a-f-]{36}\}|[\w.-]{1,128})$/iu)
      .nullable(),
    form: 'the short name of a workspace, as in its address',
  },
  connectToken: { name: 'BITBUCKET_TOKEN', ...given, form: 'an access token or an API token of Bitbucket' },
  connectEmail: {
    ...{ name: 'BITBUCKET_EMAIL', absent: null },
    schema: z
      .string()
      .regex(/^[^\s:@]+@[^\s:@]+$/u)
      .nullable(),
    form: 'the e-mail address of the account that made the API token',
  },
  oauthKey: { name: 'BITBUCKET_OAUTH_KEY', ...given, form: 'the key of an OAuth consumer' },
  oauthSecret: { name: 'BITBUCKET_OAUTH_SECRET', ...given, form: 'the secret of that OAuth consumer' },
  signInHours: { name: 'SIGN_IN_HOURS', ...wholeNumber('a number of hours', 1, 720), absent: '8' },
  viewerRightsMinutes: {
    ...{ name: 'VIEWER_RIGHTS_MINUTES', absent: '60' },
    ...wholeNumber('a number of minutes', 1, 1440),
  },
  /** In small letters. */
  trustedUserHeader: {
    ...{ name: 'TRUSTED_USER_HEADER', absent: null },
    schema: z
      .string()
      .regex(/^[\w-]{1,100}$/u)
      .transform((name) => name.toLowerCase())
      .nullable(),
    form: 'the name of a header',
  },
  /** Addresses and networks (`10.0.0.0/8`). */
  trustedProxies: {
    ...{ name: 'TRUSTED_PROXIES', absent: null },
    schema: z.string().transform(splitList).refine(isProxyList).nullable(),
    form: 'addresses and networks with commas between them, such as 10.0.0.1, 192.168.0.0/16',
  },
  /** How many proxies stand in front, or their addresses and networks; `null`: none that are believed. */
  trustProxy: {
    ...{ name: 'TRUST_PROXY', absent: null },
    schema: z
      .union([
        z
          .string()
          .regex(/^[1-9]$/u)
          .transform(Number),
        z.string().transform(splitList).refine(isProxyList),
      ])
      .nullable(),
    form: 'the number of proxies in front from 1 to 9, or their addresses and networks with commas between them',
  },
  /** From a SIGTERM until connections are closed; meanwhile `/readyz` says that the process ends. */
  shutdownGraceSeconds: {
    ...{ name: 'SHUTDOWN_GRACE_SECONDS', absent: '3' },
    ...wholeNumber('a number of seconds', 0, 60),
  },
  /** Refused in production; `null`: nowhere. */
  crashAt: {
    ...{ name: 'CRASH_AT', absent: null },
    schema: z.string().transform(parseCrashAt).refine(Boolean).nullable(),
    form: 'the name of a crash point of src/machine/crash-points.ts, which time after a colon',
  },
  role: { name: 'ROLE', schema: z.enum(['web', 'worker', 'all']), absent: 'all', form: 'web, worker or all' },
} as const;
