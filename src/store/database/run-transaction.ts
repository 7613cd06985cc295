import type { Sequelize, Transaction as SequelizeTransaction } from 'sequelize';
import { DatabaseFailed, toDatabaseFailed } from './database-failed';
import { isSilent } from './failure-classes';
import { cutConnection, restoreLimits } from './postgres-connection';
import { runOnSqlite } from './sqlite-connection';
import type { Dialect } from './table';
import type { TransactionHandle } from './transaction';

/**
 * Commits when `work` resolves, rolls back when it rejects. @throws what it rejects with; a failure of the database as
 * `DatabaseFailed`
 */
export async function runTransaction<T>(
  dialect: Dialect,
  sequelize: Sequelize,
  work: (handle: TransactionHandle) => Promise<T>,
): Promise<T> {
  try {
    return dialect === 'sqlite'
      ? await runOnWriter(sequelize, work)
      : await sequelize.transaction((transaction) => runOnPostgres(sequelize, transaction, work));
  } catch (error) {
    throw toDatabaseFailed(error);
  }
}

/** Sequelize would open a connection for each transaction, which costs twenty times the transaction. */
async function runOnWriter<T>(sequelize: Sequelize, work: (handle: TransactionHandle) => Promise<T>): Promise<T> {
  // Immediately a writer: one that begins by reading fails when another process writes before it does.
  await runOnSqlite(sequelize, { sql: 'BEGIN IMMEDIATE', values: [], gives: 'count' });
  try {
    const result = await work({ sequelize, transaction: null });
    await runOnSqlite(sequelize, { sql: 'COMMIT', values: [], gives: 'count' });
    return result;
  } catch (error) {
    // A full disk, for one, has already rolled back; what matters is the error that led here.
    await sequelize.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function runOnPostgres<T>(
  sequelize: Sequelize,
  transaction: SequelizeTransaction,
  work: (handle: TransactionHandle) => Promise<T>,
): Promise<T> {
  try {
    return await work({ sequelize, transaction });
  } catch (error) {
    if (error instanceof DatabaseFailed && isSilent(error.message)) cutConnection(transaction);
    throw error;
  } finally {
    restoreLimits(transaction);
  }
}
