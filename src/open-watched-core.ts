import { createCrashWatch } from './machine/crash-points';
import { openCore, type Core, type CoreParts } from './open-core';
import type { Settings } from './settings';

interface WatchedParts extends CoreParts {
  readonly settings: CoreParts['settings'] & Pick<Settings, 'crashAt'>;
}

/** As `openCore`, for the server: where a test asks for it, the process ends at its crash point. */
export async function openWatchedCore(parts: WatchedParts): Promise<Core> {
  const { crashAt } = parts.settings;
  if (crashAt === null) return openCore(parts);
  const watch = createCrashWatch(crashAt);
  const core = await openCore({ ...parts, onStatement: (sql) => watch.onStatement(sql) });
  watch.follow(core.database);
  return core;
}
