/** One step of the schema, forwards only; a step that was released is never changed again. */
export interface Migration {
  /** Begins with its number; steps run in the order of `allMigrations`. */
  readonly name: string;
  readonly statements: readonly string[];
}
