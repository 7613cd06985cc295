import type { Instant } from '../../domain/instant';
import type { GivenUpJob } from '../../store/work/given-up-store';
import { readSizesKind } from '../plans/import-plan';
import { parseReadingKey, readPullRequestKind } from '../plans/reading-plan';
import { readRepositoryKind } from '../record/read-repository';
import type { WorkParts } from '../requests/work-parts';

/** A job that was given up, in words. */
export interface GivenUpWork {
  /** By which it is tried again. */
  readonly id: string;
  readonly what: string;
  /** Its name, or its UUID where that is not known; `null`: it is about none. */
  readonly repository: string | null;
  readonly problem: string;
  readonly since: Instant | null;
}

export interface GivenUpList {
  readonly jobs: readonly GivenUpWork[];
  /** How many there are, listed or not. */
  readonly total: number;
}

const mostListed = 20;
/** Of one repository, by the kinds of work that are ever given up. */
const words: Readonly<Record<string, (key: string) => string>> = {
  [readPullRequestKind]: (key) => `Reading pull request ${parseReadingKey(key).number}`,
  [readRepositoryKind]: () => 'Reading name and default branch',
  [readSizesKind]: () => 'Reading the sizes of pull requests',
};

/** What was given up, of repositories that are visible (`null`: all), and trying it again. */
export function createGivenUpWork({ stores, clock, kick }: Pick<WorkParts, 'stores' | 'clock'> & { kick: () => void }) {
  const tryAgain = async (
    { workspace, visible }: { readonly workspace: string; readonly visible: readonly string[] | null },
    id: string | null,
  ): Promise<number> => {
    const only = id === null ? null : parseId(id);
    const count = await stores.givenUp.tryAgain({ workspace, visible, now: clock.now() }, only);
    kick();
    return count;
  };
  return {
    /** The longest given up first, so many of them as a page can show. */
    async list(workspace: string, visible: readonly string[] | null): Promise<GivenUpList> {
      const { jobs, total } = await stores.givenUp.list(workspace, { visible, limit: mostListed });
      const named = await Promise.all(
        jobs.map(async (job) => toWork(job, await stores.repositories.get(workspace, toRepository(job.key)))),
      );
      return { jobs: named, total };
    },
    /** One by its id, or with `null` all: due at once, with a clean slate. Tells how many. */
    tryAgain,
  };
}

function toWork(job: GivenUpJob, repository: { readonly name: string } | null): GivenUpWork {
  const describe = words[job.kind] ?? (() => job.kind.replaceAll('-', ' '));
  return {
    id: `${job.kind} ${job.key}`,
    what: describe(job.key),
    repository: repository?.name ?? (job.key.startsWith('{') ? toRepository(job.key) : null),
    problem: job.problem ?? 'Nobody knows why any more.',
    since: job.givenUpAt,
  };
}

function toRepository(key: string): string {
  return key.split('/', 1)[0] ?? key;
}

/** Kinds have no space in them. */
function parseId(id: string): { kind: string; key: string } {
  const cut = id.indexOf(' ');
  return { kind: id.slice(0, Math.max(0, cut)), key: id.slice(cut + 1) };
}
