import { factTables } from './0001/fact-tables';
import { workTables } from './0001/work-tables';
import { workspaceTables } from './0001/workspace-tables';
import type { Migration } from './migration';

export const firstSchema: Migration = {
  name: '0001-first-schema',
  statements: [...workspaceTables, ...factTables, ...workTables],
};
