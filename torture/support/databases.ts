import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatabaseKind } from '../../test/support/test-database';
import { startKillablePostgres } from './killable-postgres';

export interface TortureDatabase {
  readonly url: string;
  remove(): Promise<void>;
}

/** An empty database of its own: a file on disk, or a durable PostgreSQL. */
export async function openTortureDatabase(kind: DatabaseKind): Promise<TortureDatabase> {
  if (kind === 'postgres') return startKillablePostgres();
  const folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-torture-'));
  return {
    url: `sqlite:${path.join(folder, 'drumbeat.sqlite')}`,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
