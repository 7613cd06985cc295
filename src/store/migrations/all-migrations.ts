import { firstSchema } from './0001-first-schema';
import type { Migration } from './migration';

export const allMigrations: readonly Migration[] = [firstSchema];
