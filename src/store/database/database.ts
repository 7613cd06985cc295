import { AsyncLocalStorage } from 'node:async_hooks';
import { QueryTypes, type Sequelize } from 'sequelize';
import { isLockedOut, toDatabaseFailed } from './database-failed';
import { deleteRows, findRows, isPlain, updateRows, type Change, type Query, type Where } from './model';
import {
  insertStatement,
  selectAmong,
  selectPlain,
  toBatches,
  toJson,
  toRows,
  toStoredValue,
  type Among,
  type Dialect,
  type OnConflict,
  type Table,
  type Value,
} from './table';
import {
  endTransaction,
  unwrapTransaction,
  wrapTransaction,
  type Transaction,
  type TransactionHandle,
} from './transaction';
import { liftLimits } from './postgres-connection';
import { runTransaction } from './run-transaction';
import { runOnSqlite, workWithin, type SqliteStatement } from './sqlite-connection';
import { WriterQueue } from './writer-queue';

/** Hears of each statement before it is sent, of a model's by its kind and table: for a test that counts them. */
export type StatementListener = (sql: string) => void;

/** One open database, SQLite or PostgreSQL. Its statements are for the stores alone. */
export class Database {
  readonly dialect: Dialect;
  readonly #reader: Sequelize;
  readonly #writer: Sequelize;
  readonly #writers = new WriterQueue(isLockedOut);
  readonly #current = new AsyncLocalStorage<{ isOpen: boolean }>();
  readonly #onStatement: StatementListener;

  /**
   * SQLite has two connections that stay open: one reads while the other writes (in memory they are
   * one). PostgreSQL has one pool for both.
   */
  constructor(
    dialect: Dialect,
    connections: { readonly reader: Sequelize; readonly writer: Sequelize },
    onStatement: StatementListener = () => undefined,
  ) {
    this.dialect = dialect;
    this.#onStatement = onStatement;
    this.#reader = connections.reader;
    this.#writer = connections.writer;
  }

  /**
   * Commits when `work` resolves, rolls back when it rejects, and rejects with the same error. What
   * `work` writes must be given the transaction; a transaction inside another is an error. An urgent one, that somebody
   * outside waits for, goes before those that wait for SQLite's one writer.
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>, { isUrgent = false } = {}): Promise<T> {
    this.#refuseInside('A transaction inside a transaction: hand the first one on.');
    const inside = (handle: TransactionHandle) => this.#runInside(handle, work);
    return this.#inTurn(() => runTransaction(this.dialect, this.#writer, inside), { isUrgent });
  }

  /** `work` in the transaction given, or in one of its own. */
  async within<T>(tx: Transaction | undefined, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return tx === undefined ? this.transaction(work) : work(tx);
  }

  /** Rows of a `SELECT`, or of a change that ends in `RETURNING` and is given its transaction. */
  async read<Row extends object>(sql: string, values: readonly Value[], tx?: Transaction): Promise<Row[]> {
    const place = this.#place('read', tx);
    const run = () => runSql(place, { sql, values, gives: 'rows' });
    return (await this.#attempt(place, sql, run)) as Row[];
  }

  /** The first row, or `null`. */
  async readOne<Row extends object>(sql: string, values: readonly Value[], tx?: Transaction): Promise<Row | null> {
    const rows = await this.read<Row>(sql, values, tx);
    return rows[0] ?? null;
  }

  /** How many rows the statement changed. */
  async write(sql: string, values: readonly Value[], tx?: Transaction): Promise<number> {
    return this.#writeInTurn(tx, sql, async (place) => Number(await runSql(place, { sql, values, gives: 'count' })));
  }

  /** Whole rows; where values alone are asked for by no model, which would write the statement anew each time. */
  async find<Row extends object, Left extends keyof Row = never>(
    table: Table<Row>,
    query: Query<Row, Left>,
    tx?: Transaction,
  ): Promise<Omit<Row, Left>[]> {
    const { where } = query;
    if (isPlain(where)) return toRows(table, await this.read<Row>(...selectPlain(table, { ...query, where }), tx));
    return this.#attempt(this.#place('read', tx), `SELECT FROM ${table.name}`, (place) =>
      findRows(place, table, query),
    );
  }

  /** The one that `where` names, or `null`. */
  async findOne<Row extends object>(table: Table<Row>, where: Where<Row>, tx?: Transaction): Promise<Row | null> {
    return (await this.find(table, { where, limit: 1 }, tx))[0] ?? null;
  }

  /** As `find`, by one bound value however many are asked for, where a model would write each into the statement. */
  async findAmong<Row extends object>(table: Table<Row>, query: Among<NoInfer<Row>>, tx?: Transaction): Promise<Row[]> {
    const sql = selectAmong(table, this.dialect, query);
    const values = Object.values(query.where) as Value[];
    const found: Row[] = [];
    for (const batch of toBatches(query.among)) {
      found.push(...(await this.read<Row>(sql, [...values, toJson(batch)], tx)));
    }
    return toRows(table, found);
  }

  /** How many rows were changed. */
  async update<Row extends object>(table: Table<Row>, change: Change<NoInfer<Row>>, tx?: Transaction): Promise<number> {
    return this.#writeInTurn(tx, `UPDATE ${table.name}`, (place) => updateRows(place, table, change));
  }

  /** How many rows were deleted. */
  async delete<Row extends object>(table: Table<Row>, where: Where<Row>, tx?: Transaction): Promise<number> {
    return this.#writeInTurn(tx, `DELETE FROM ${table.name}`, (place) => deleteRows(place, table, where));
  }

  /** Inserts all rows, a statement a batch. */
  async insert<Row>(
    table: Table<Row>,
    rows: readonly Row[],
    options: { onConflict: OnConflict<NoInfer<Row>>; tx?: Transaction | undefined },
  ): Promise<number> {
    const sql = insertStatement(table, this.dialect, options.onConflict);
    let count = 0;
    for (const batch of toBatches(rows)) {
      count += await this.write(sql, [toJson(batch)], options.tx);
    }
    return count;
  }

  /** Until the transaction ends nobody else holds a lock of that name. SQLite has one writer anyway. */
  async lock(name: string, tx: Transaction): Promise<void> {
    if (this.dialect === 'postgres') {
      await this.read('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name], tx);
    }
  }

  /** Work of administration, such as a migration: its statements, and its waiting for locks, may take their time. */
  async liftLimits(tx: Transaction): Promise<void> {
    const { transaction } = unwrapTransaction(tx);
    if (transaction === null) return;
    liftLimits(transaction);
    await this.write('SET LOCAL statement_timeout = 0', [], tx);
    await this.write('SET LOCAL lock_timeout = 0', [], tx);
  }

  /** Once it is open: nobody who waits for an answer waits long for another process. */
  async limitWaiting(): Promise<void> {
    if (this.dialect === 'postgres') return;
    for (const sequelize of new Set([this.#reader, this.#writer])) await sequelize.query(workWithin);
  }

  /** Waits for the writers that are on their way. */
  async close(): Promise<void> {
    await this.#inTurn(async () => {
      await Promise.all([...new Set([this.#reader, this.#writer])].map((sequelize) => sequelize.close()));
    });
    // Node would go on carrying it through every promise of the process.
    this.#current.disable();
  }

  #inTurn<T>(work: () => Promise<T>, { isUrgent = false } = {}): Promise<T> {
    return this.dialect === 'sqlite' ? this.#writers.pass(work, { isUrgent }) : work();
  }

  #refuseInside(message: string): void {
    // On SQLite it would wait for itself for ever; on PostgreSQL it would escape the roll-back.
    if (this.#current.getStore()?.isOpen === true) {
      throw new Error(message);
    }
  }

  async #runInside<T>(handle: TransactionHandle, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const tx = wrapTransaction(handle);
    const scope = { isOpen: true };
    try {
      return await this.#current.run(scope, () => work(tx));
    } finally {
      scope.isOpen = false;
      endTransaction(tx);
    }
  }

  #place(purpose: 'read' | 'write', tx: Transaction | undefined): TransactionHandle {
    if (tx !== undefined) return unwrapTransaction(tx);
    return { sequelize: purpose === 'read' ? this.#reader : this.#writer, transaction: null };
  }

  /** A write of its own waits for its turn; one of a transaction has it. */
  async #writeInTurn(
    tx: Transaction | undefined,
    statement: string,
    work: (place: TransactionHandle) => Promise<number>,
  ): Promise<number> {
    const run = (): Promise<number> => this.#attempt(this.#place('write', tx), statement, work);
    if (tx !== undefined) return run();
    this.#refuseInside('A write inside a transaction must be given it.');
    return this.#inTurn(run);
  }

  async #attempt<T>(
    place: TransactionHandle,
    statement: string,
    work: (place: TransactionHandle) => Promise<T>,
  ): Promise<T> {
    this.#onStatement(statement);
    return work(place).catch((error: unknown) => {
      throw toDatabaseFailed(error);
    });
  }
}

function runSql(
  { sequelize, transaction }: TransactionHandle,
  { sql, values, gives }: SqliteStatement & { readonly values: readonly Value[] },
): Promise<unknown> {
  const bind = values.map(toStoredValue);
  if (sequelize.getDialect() === 'sqlite') return runOnSqlite(sequelize, { sql, values: bind, gives });
  // BULKDELETE is the one type for which Sequelize counts the rows of any statement.
  const type = gives === 'rows' ? QueryTypes.SELECT : QueryTypes.BULKDELETE;
  return sequelize.query(sql, { type, bind, transaction, raw: true });
}
