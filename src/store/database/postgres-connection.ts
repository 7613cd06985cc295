import type { Transaction } from 'sequelize';

/** How long a connection may take to be made, to be had of the pool, and a statement to be answered: milliseconds. */
const connectWithin = 3_000;
const acquireWithin = 3_000;
const answerWithin = 4_500;
/** The server gives up sooner than we do: then the connection can be used again. */
const statementWithin = 4_000;
const lockWithin = 3_000;

/**
 * No time-out, and PostgreSQL would keep whoever asks for as long as it is silent: a stopped process, a network that
 * swallows. Statements are small; compiling one, which PostgreSQL does where it expects much, would take longer than it.
 */
export const postgresLimits = {
  pool: { acquire: acquireWithin },
  dialectOptions: {
    connectionTimeoutMillis: connectWithin,
    query_timeout: answerWithin,
    statement_timeout: statementWithin,
    lock_timeout: lockWithin,
    keepAlive: true,
    options: '-c jit=off',
  },
} as const;

/** Of the client of a connection, what we look at. */
interface Client {
  readonly connectionParameters: { query_timeout: number };
  readonly connection: { readonly stream: { destroy(): void } };
}

/** Its statements may take as long as they take, until it ends. The server is told by statements of the transaction. */
export function liftLimits(transaction: Transaction): void {
  const client = toClient(transaction);
  if (client !== null) client.connectionParameters.query_timeout = 0;
}

/** The next transaction on its connection has them again. */
export function restoreLimits(transaction: Transaction): void {
  const client = toClient(transaction);
  if (client !== null) client.connectionParameters.query_timeout = answerWithin;
}

/** A connection that has fallen silent is cut: taking the transaction back over it would only wait once more. */
export function cutConnection(transaction: Transaction): void {
  toClient(transaction)?.connection.stream.destroy();
}

/** By its shape: the types of Sequelize do not know it. */
function toClient(transaction: Transaction): Client | null {
  return 'connection' in transaction ? (transaction.connection as Client) : null;
}
