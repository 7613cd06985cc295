import type { Sequelize, Transaction as SequelizeTransaction } from 'sequelize';

declare const opaque: unique symbol;

/** Handed from `Database.transaction` to the stores; whoever holds it can only pass it on. */
export interface Transaction {
  readonly [opaque]: true;
}

/** Where the statements of a transaction go; SQLite's writer has but one connection and needs no more. */
export interface TransactionHandle {
  readonly sequelize: Sequelize;
  readonly transaction: SequelizeTransaction | null;
}

const handles = new WeakMap<Transaction, TransactionHandle>();

export function wrapTransaction(handle: TransactionHandle): Transaction {
  const transaction = {} as Transaction;
  handles.set(transaction, handle);
  return transaction;
}

/** Throws when the transaction is over: its work would silently land outside of it. */
export function unwrapTransaction(transaction: Transaction): TransactionHandle {
  const handle = handles.get(transaction);
  if (handle === undefined) {
    throw new Error('This transaction is over.');
  }
  return handle;
}

export function endTransaction(transaction: Transaction): void {
  handles.delete(transaction);
}

const done = new WeakMap<Transaction, Map<string, Promise<unknown>>>();

/** What a transaction needs to do but once, by its name; whoever asks again gets what came of it. */
export function onceWithin<T>(transaction: Transaction, name: string, work: () => Promise<T>): Promise<T> {
  const results = done.get(transaction) ?? new Map<string, Promise<unknown>>();
  done.set(transaction, results);
  const result = results.get(name) ?? work();
  results.set(name, result);
  return result as Promise<T>;
}
