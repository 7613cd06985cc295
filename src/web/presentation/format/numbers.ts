/** What stands where a value is unknown; always with a reason beside it. */
export const unknown = '—';

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 2 });

/** 12043 gives "12,043". */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** Two digits that matter: 1.2333 gives "1.2", 0.047 "0.047", 17.6 "18". */
export function formatShortNumber(value: number): string {
  return Math.abs(value) >= 10 ? whole.format(value) : short.format(value);
}

/** A share from 0 to 1: 0.0833 gives "8 %"; a little more than nothing is never shown as nothing. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.5) {
    return 'under 1 %';
  }
  return `${whole.format(percent)} %`;
}

/** "9 of 108, 8 %", or "0 of 0" where there is nothing to divide by. */
export function formatShare(part: number, all: number): string {
  const counts = `${formatCount(part)} of ${formatCount(all)}`;
  return all === 0 ? counts : `${counts}, ${formatPercent(part / all)}`;
}

/** "1 deployment", "108 deployments". */
export function formatCounted(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** A daily rate in the period that gives a number of at least one: 0.5 a day reads "3.5 per week". */
export function buildRate(perDay: number): { value: string; unit: string } {
  if (perDay >= 1 || perDay === 0) {
    return { value: formatShortNumber(perDay), unit: 'per day' };
  }
  return perDay * 7 >= 1
    ? { value: formatShortNumber(perDay * 7), unit: 'per week' }
    : { value: formatShortNumber(perDay * 30), unit: 'per 30 days' };
}
