import { DataTypes, Op, type Model, type ModelAttributes, type ModelStatic, type Sequelize } from 'sequelize';
import { toColumnName, toRows, toStoredValue, type ColumnType, type Columns, type Table, type Value } from './table';
import type { TransactionHandle } from './transaction';

const typeOf: Readonly<Record<ColumnType, typeof DataTypes.TEXT | typeof DataTypes.INTEGER | typeof DataTypes.BLOB>> = {
  text: DataTypes.TEXT,
  bigint: DataTypes.BIGINT,
  integer: DataTypes.INTEGER,
  flag: DataTypes.INTEGER,
  bytes: DataTypes.BLOB,
};

/** The model of a table on one connection, made when it is first asked for. */
function getModel({ name, key, columns }: Table, sequelize: Sequelize): ModelStatic<Model> {
  if (sequelize.isDefined(name)) return sequelize.model(name);
  const keys: readonly string[] = key;
  const attributes: ModelAttributes = {};
  for (const [field, { type, isNullable }] of Object.entries<Columns[string]>(columns)) {
    const primaryKey = keys.includes(field);
    attributes[field] = { type: typeOf[type], allowNull: isNullable, primaryKey, field: toColumnName(field, columns) };
  }
  return sequelize.define(name, attributes, { tableName: name, timestamps: false });
}

declare const condition: unique symbol;
/** What a field has to be, other than a value. */
export interface Condition {
  readonly [condition]: true;
}

const toCondition = (parts: object): Condition => parts as Condition;
export const isKnown = toCondition({ [Op.ne]: null });
/** From the first on, and below the second. */
export const between = <T extends string | number>(first: T, second: T): Condition =>
  toCondition({ [Op.gte]: toStoredValue(first), [Op.lt]: second });
export const below = (value: number): Condition => toCondition({ [Op.lt]: value });

/** What each field has to be; a list: one of these. */
export type Where<Row> = { readonly [Field in keyof Row]?: Row[Field] | readonly Row[Field][] | Condition };

/** It names values alone: no list of which it may be one, and no other condition. */
export function isPlain<Row>(
  where: Where<Row>,
): where is { readonly [Field in keyof Row]?: Row[Field] & (Value | boolean) } {
  const values: unknown[] = Object.values(where);
  return values.length > 0 && values.every((value) => value === null || plainTypes.has(typeof value));
}

const plainTypes = new Set(['string', 'number', 'boolean']);

export interface Query<Row, Left extends keyof Row = never> {
  readonly where: Where<Row>;
  /** Fields that are left out of the rows. */
  readonly without?: readonly Left[];
  /** Fields, ascending, or each with its direction. */
  readonly order?: readonly ((keyof Row & string) | readonly [keyof Row & string, 'ASC' | 'DESC'])[];
  readonly limit?: number;
}

export interface Change<Row> {
  readonly where: Where<Row>;
  readonly set: Partial<Row>;
}

export async function findRows<Row extends object, Left extends keyof Row>(
  { sequelize, transaction }: TransactionHandle,
  table: Table<Row>,
  { where, without = [], order = [], limit }: Query<Row, Left>,
): Promise<Omit<Row, Left>[]> {
  const found = await getModel(table, sequelize).findAll({
    attributes: { exclude: without.map(String) },
    where: toStoredValues(where),
    order: order.map((one) => (typeof one === 'string' ? [one, 'ASC'] : [...one])),
    ...(limit === undefined ? {} : { limit }),
    transaction,
    raw: true,
  });
  return toRows(table, found as unknown as Row[]);
}

/** Without these Sequelize would build an instance of the row to check what the compiler has checked. */
const unchecked = { validate: false, hooks: false, sideEffects: false };

export async function updateRows<Row>(
  { sequelize, transaction }: TransactionHandle,
  table: Table<Row>,
  { where, set }: Change<Row>,
): Promise<number> {
  const options = { where: toStoredValues(where), transaction, ...unchecked };
  const [count] = await getModel(table, sequelize).update(toStoredValues(set), options);
  return count;
}

export async function deleteRows<Row>(
  { sequelize, transaction }: TransactionHandle,
  table: Table<Row>,
  where: Where<Row>,
): Promise<number> {
  return getModel(table, sequelize).destroy({ where: toStoredValues(where), transaction });
}

/** Values as the database keeps them. */
function toStoredValues(values: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]: [string, unknown]) => [
      field,
      Array.isArray(value) ? value.map(toStoredValue) : toStoredValue(value),
    ]),
  );
}
