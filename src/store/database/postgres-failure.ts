import type { DatabaseFailed } from './database-failed';

interface Target {
  /** `host:port`. */
  readonly server: string;
  readonly user: string;
  readonly database: string;
}

/** By SQLSTATE, or the code of a connection that failed: what is so, and the next step. */
const reasons: Readonly<Record<string, (target: Target, message: string) => string>> = {
  ECONNREFUSED: ({ server }) =>
    `PostgreSQL at ${server}, where nothing listens: start PostgreSQL, or correct host and port`,
  ENOTFOUND: ({ server }) => `PostgreSQL at ${server}, a host that cannot be found: correct its name`,
  EAI_AGAIN: ({ server }) =>
    `PostgreSQL at ${server}, a host that cannot be found just now: correct its name, or mend DNS`,
  NO_PASSWORD: ({ server, user }) =>
    `PostgreSQL at ${server}, which asks for a password: add that of the user "${user}"`,
  CLOSED: ({ server }) =>
    `PostgreSQL at ${server}, which closes the connection at once: see that PostgreSQL is there and lets this machine in`,
  ETIMEDOUT: toSilent,
  EHOSTUNREACH: toSilent,
  ENETUNREACH: toSilent,
  ECONNRESET: toSilent,
  '28P01': ({ server, user }) =>
    `PostgreSQL at ${server}, which refuses the user "${user}" with this password: correct user or password`,
  '28000': ({ server, user }, message) =>
    `PostgreSQL at ${server}, which refuses the user "${user}" (${message}): correct the user, or let it in there`,
  '3D000': ({ server, database }) =>
    `the database "${database}" at ${server}, which does not exist: create it, or correct the name`,
  '42501': ({ server, user, database }, message) =>
    `the database "${database}" at ${server}, where the user "${user}" may not do what is needed (${message}): ` +
    'grant it that, or use another user',
  '53100': ({ server }) => `PostgreSQL at ${server}, where no room is left on the disk: make room there`,
  '53300': ({ server }) => `PostgreSQL at ${server}, which has no connection left: raise its limit, or end others`,
  '57P03': ({ server }, message) =>
    `PostgreSQL at ${server}, which takes nobody just now (${message}): start again later`,
};

function toSilent({ server }: Target): string {
  return `PostgreSQL at ${server}, which does not answer: see that it runs and can be reached, or correct host and port`;
}

/** Why PostgreSQL cannot be used, in a sentence without the password. */
export function explainPostgres({ code, message }: DatabaseFailed, url: string): string {
  const target = toTarget(url);
  const explain = reasons[findReason(code, message)] ?? explainUnknown;
  return `DATABASE_URL names ${explain(target, message === '' ? (code ?? 'unknown') : message)}.`;
}

/** What the client itself finds has no code. */
function findReason(code: string | null, message: string): string {
  if (message.startsWith('SASL:')) return 'NO_PASSWORD';
  if (message.startsWith('Connection terminated')) return 'CLOSED';
  return code ?? (message === 'Operation timeout' ? 'ETIMEDOUT' : '');
}

function explainUnknown({ server }: Target, message: string): string {
  return `PostgreSQL at ${server}, which cannot be used (${message}): mend that, or name another`;
}

function toTarget(url: string): Target {
  const { hostname, port, username, pathname, searchParams } = new URL(url);
  const user = decode(username);
  return {
    server: searchParams.get('host') ?? `${hostname}:${port === '' ? '5432' : port}`,
    user,
    database: decode(pathname.slice(1)) || user,
  };
}

/** As a person wrote it, and as it stands where it cannot be read. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
