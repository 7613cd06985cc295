/** A question with what was measured. */
export interface Row {
  readonly question: string;
  /** Beside the ratio, by the head of their columns. */
  readonly figures: Readonly<Record<string, string>>;
  /** What was measured, as a multiple of what is meant to be reached at best; `null`: told, not judged. */
  readonly ratio: number | null;
  /** The greatest ratio that is good. */
  readonly goal: number | null;
}

/** So much worse than its goal a ratio may be before a check fails: other work goes on beside it. */
const tolerance = 1.2;

/** Prints the rows, the ratio last; with `--check` the process fails where a ratio is worse than its goal by a fifth. */
export function report(title: string, rows: readonly Row[]): void {
  const heads = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))];
  const lines = [
    [title, ...heads, 'goal', 'ratio'],
    ...rows.map(({ question, figures, goal, ratio }) => [
      question,
      ...heads.map((head) => figures[head] ?? ''),
      goal === null ? '' : formatRatio(goal),
      ratio === null ? '' : formatRatio(ratio),
    ]),
  ];
  const widths = lines[0]?.map((_head, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0))) ?? [];
  const format = (text: string, at: number): string =>
    at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0);
  for (const line of lines) process.stdout.write(`${line.map(format).join('  ')}\n`);
  const missed = rows.filter(isMissed);
  for (const { question } of missed) process.stdout.write(`Worse than its goal by more than a fifth: ${question}\n`);
  if (missed.length > 0 && process.argv.includes('--check')) process.exitCode = 1;
}

function isMissed({ ratio, goal }: Row): boolean {
  return ratio !== null && goal !== null && ratio > goal * tolerance;
}

function formatRatio(ratio: number): string {
  return ratio >= 100 ? ratio.toFixed(0) : ratio.toFixed(2);
}

/** Milliseconds for people. */
export function formatMs(milliseconds: number): string {
  return `${milliseconds >= 100 ? milliseconds.toFixed(0) : milliseconds.toFixed(milliseconds >= 10 ? 1 : 2)} ms`;
}

export function formatBytes(bytes: number): string {
  return bytes >= 1 << 20 ? `${(bytes / (1 << 20)).toFixed(1)} MiB` : `${(bytes / 1024).toFixed(1)} KiB`;
}

export function formatCount(count: number): string {
  return count.toLocaleString('en-GB', { maximumFractionDigits: 0 });
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
