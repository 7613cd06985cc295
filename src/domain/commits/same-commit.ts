const shortestHash = 7;

/** Hashes inside pull requests are cut (12, sometimes 39 characters), elsewhere whole. */
export function isSameCommit(one: string | null, other: string | null): boolean {
  if (one === null || other === null || one.length < shortestHash || other.length < shortestHash) return false;
  return one.startsWith(other) || other.startsWith(one);
}
