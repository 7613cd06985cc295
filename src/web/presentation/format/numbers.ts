/** What stands where a value is unknown; always with a reason beside it. */
export const unknown = '—';

/** Made once, and only where a number is put into words: to make the first takes a browser as long as to draw a chart. */
const formats: { whole?: Intl.NumberFormat; short?: Intl.NumberFormat } = {};
const formatWhole = (value: number) =>
  (formats.whole ??= new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })).format(value);
const formatTwoDigits = (value: number) =>
  (formats.short ??= new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 2 })).format(value);

/** 12043 gives "12,043". */
export function formatCount(value: number): string {
  return formatWhole(value);
}

/** Two digits that matter: 1.2333 gives "1.2", 0.047 "0.047", 17.6 "18". */
export function formatShortNumber(value: number): string {
  return Math.abs(value) >= 10 ? formatWhole(value) : formatTwoDigits(value);
}

/** A number as `formatShortNumber` shows it, or with one digit more where that is safe: another that reads the same. */
export function roundShortNumber(value: number): number {
  const finer = Math.abs(value) >= 10 ? Number(value.toFixed(1)) : Number(value.toPrecision(3));
  return Number.isInteger(value) || formatShortNumber(finer) !== formatShortNumber(value) ? value : finer;
}

/** A share from 0 to 1 with two digits that matter: 0.0833 gives "8.3 %". */
export function formatPercent(share: number): string {
  return `${formatShortNumber(share * 100)} %`;
}

/** "9 of 108, 8.3 %", or "0 of 0" where there is nothing to divide by. */
export function formatShare(part: number, all: number): string {
  const counts = `${formatCount(part)} of ${formatCount(all)}`;
  return all === 0 ? counts : `${counts}, ${formatPercent(part / all)}`;
}

/** "1 deployment", "108 deployments". */
export function formatCounted(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}
