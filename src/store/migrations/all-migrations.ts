import { firstSchema } from './0001-first-schema';
import { reviewsAndCorrections } from './0002-reviews-and-corrections';
import type { Migration } from './migration';

export const allMigrations: readonly Migration[] = [firstSchema, reviewsAndCorrections];
