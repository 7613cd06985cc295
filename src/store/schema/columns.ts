import { bigint, bytes, defineTable, text } from '../database/table';

/** The columns of all months of a workspace, as of one version of it. */
export const columnCheckpoints = defineTable('column_checkpoints', ['workspace'], {
  workspace: text(),
  version: bigint,
  /** What else the columns were made with; under another basis they are made anew. */
  basis: text(),
  /** JSON of the names that columns speak of by number. */
  names: text(),
});

/** The finished columns of a UTC month `YYYY-MM`, as bytes. */
export const monthColumns = defineTable('month_columns', ['workspace', 'month'], {
  workspace: text(),
  month: text(),
  columns: bytes,
});
