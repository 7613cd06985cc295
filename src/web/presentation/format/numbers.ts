/** What stands where a value is unknown; always with a reason beside it. */
export const unknown = '—';

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 2 });

/** 12043 gives "12,043". */
export function toCount(value: number): string {
  return whole.format(value);
}

/** Two digits that matter: 1.2333 gives "1.2", 0.047 "0.047", 17.6 "18". */
export function toShortNumber(value: number): string {
  return Math.abs(value) >= 10 ? whole.format(value) : short.format(value);
}

/** A share from 0 to 1: 0.0833 gives "8 %"; a little more than nothing is never shown as nothing. */
export function toPercent(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.5) {
    return 'under 1 %';
  }
  return `${whole.format(percent)} %`;
}

/** "9 of 108, 8 %", or "0 of 0" where there is nothing to divide by. */
export function toShare(part: number, all: number): string {
  const counts = `${toCount(part)} of ${toCount(all)}`;
  return all === 0 ? counts : `${counts}, ${toPercent(part / all)}`;
}

/** "1 deployment", "108 deployments". */
export function toCounted(value: number, one: string, many = `${one}s`): string {
  return `${toCount(value)} ${value === 1 ? one : many}`;
}

/** A daily rate in the period that gives a number of at least one: 0.5 a day reads "3.5 per week". */
export function toRate(perDay: number): { value: string; unit: string } {
  if (perDay >= 1 || perDay === 0) {
    return { value: toShortNumber(perDay), unit: 'per day' };
  }
  return perDay * 7 >= 1
    ? { value: toShortNumber(perDay * 7), unit: 'per week' }
    : { value: toShortNumber(perDay * 30), unit: 'per 30 days' };
}
