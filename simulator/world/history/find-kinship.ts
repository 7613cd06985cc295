import type { PullRequestLine } from './pull-request-line';

/** How the lines hang together; the file itself names neither destinations nor parents. */
export interface Kinship {
  /** The later pull request whose source branch this one was merged into; none: it went to the main branch. */
  readonly carriers: ReadonlyMap<PullRequestLine, PullRequestLine>;
  /** Of each commit the first pull request that lists it. */
  readonly owners: ReadonlyMap<string, PullRequestLine>;
  readonly mergeHashes: ReadonlySet<string>;
}

/**
 * When a later pull request lists the merge commit of an earlier one among its own commits, the earlier one was merged
 * into the later one's source branch. The earliest such counts: what it brought travels on with its own merge.
 */
export function findKinship(lines: readonly PullRequestLine[], isDerived: boolean): Kinship {
  const owners = new Map<string, PullRequestLine>();
  for (const line of lines) {
    line.commits.forEach(({ hash }) => owners.set(hash, owners.get(hash) ?? line));
  }
  const carriers = new Map<PullRequestLine, PullRequestLine>();
  for (const line of isDerived ? lines : []) {
    const carrier = owners.get(line.merge_commit);
    if (carrier !== undefined) {
      carriers.set(line, carrier);
    }
  }
  return { carriers, owners, mergeHashes: new Set(lines.map((line) => line.merge_commit)) };
}
