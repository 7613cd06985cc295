import { statSync } from 'node:fs';
import { CannotStart } from '../../machine/cannot-start';
import type { Database } from './database';

/** Of a larger file it would take longer than a start may; what is damaged there is found when it is read. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Reads every page of an SQLite file that is not large. Work on a damaged one would spread the damage, and take it into
 * the backups that are needed now.
 * @throws {CannotStart} for a damaged one
 */
export async function checkDamage(database: Database, file: string): Promise<void> {
  const { size } = statSync(file);
  if (size > mostBytes) return;
  const [found] = await database.read<Record<string, unknown>>('PRAGMA quick_check(1)', []);
  if (found === undefined || Object.values(found)[0] === 'ok') return;
  throw new CannotStart(
    `DATABASE_URL names ${file}, which is a damaged SQLite database: put a backup in its place; nothing was changed in it.`,
  );
}
