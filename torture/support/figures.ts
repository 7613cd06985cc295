/** How long starts took, for a line of figures. */
export function countStarts(starts: readonly number[]): Record<string, string> {
  const sorted = starts.toSorted((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return { 'start (median)': `${Math.round(median)} ms`, 'start (longest)': `${Math.round(sorted.at(-1) ?? 0)} ms` };
}
