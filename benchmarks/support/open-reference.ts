import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Clock } from '../../src/domain/clock';
import { toReferenceEnvironment } from '../reference/access';
import { fillReferenceData } from '../reference/fill';
import { prepareDerived } from '../reference/prepare';
import { drawWorkspace, list, referenceNow, type ReferenceWorkspace } from '../reference/shape';
import { readSharedClock, shiftTo } from './shared-clock';
import { startDurablePostgres } from './postgres';
import { atEnd } from './run-program';

/** The data that a program measures on. */
export interface ReferenceDatabase {
  readonly url: string;
  readonly merges: number;
  readonly workspaces: readonly ReferenceWorkspace[];
  readonly workspace: ReferenceWorkspace;
  /** Of a process on it. */
  readonly environment: Readonly<Record<string, string>>;
  /** The time of that process, and of whoever signs what it is sent. */
  readonly clock: Clock;
}

export interface DataOptions {
  readonly merges: number;
  readonly workspaces?: number;
  readonly database?: string;
  readonly use?: string | undefined;
}

/** Fills a database, or copies a filled SQLite file; gone with the program. */
export async function openReference(options: DataOptions): Promise<ReferenceDatabase> {
  const { merges, workspaces: count = 1, database = 'sqlite', use } = options;
  const plans = list(count, (index) => ({ merges, now: referenceNow, index }));
  const url = database === 'postgres' ? await startDurablePostgres() : `sqlite:${makeFile(use)}`;
  if (use === undefined) {
    process.stderr.write(`Filling ${database} with ${count} × ${merges} pull requests …\n`);
    await fillReferenceData({ url, plans });
    await prepareDerived(url, referenceNow);
  }
  const workspaces = plans.map(drawWorkspace);
  const [workspace] = workspaces;
  if (workspace === undefined) throw new Error('No workspace is asked for.');
  const environment = { ...toReferenceEnvironment(url), ...shiftTo(referenceNow) };
  return { url, merges, workspaces, workspace, environment, clock: readSharedClock(environment) };
}

function makeFile(use: string | undefined): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-reference-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'drumbeat.sqlite');
  if (use !== undefined) copyFileSync(use, file);
  return file;
}
