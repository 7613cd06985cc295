/** A date on the wall calendar, 'YYYY-MM-DD', without a zone. */
export type LocalDate = string;

/** Days since 1970-01-01 on the wall calendar; a civil day has a number, not a length. */
export type DayNumber = number;

export const millisecondsPerDay = 86_400_000;

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;

interface Civil {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

/** The number of a date; `null` when the text is no date of the calendar from the year 1000 to 9999. */
export function toDayNumber(text: string): DayNumber | null {
  const match = datePattern.exec(text);
  if (match === null) {
    return null;
  }
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1000) {
    return null;
  }
  const number = Date.UTC(year, month - 1, day) / millisecondsPerDay;
  return toLocalDate(number) === text ? number : null;
}

/** The date with this number. */
export function toLocalDate(number: DayNumber): LocalDate {
  const { year, month, day } = toCivil(number);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** Monday 0 to Sunday 6: 1970-01-01 was a Thursday. */
export function toWeekday(number: DayNumber): number {
  return (((number + 3) % 7) + 7) % 7;
}

/** The first day of the month after the one of this day. */
export function toNextMonth(number: DayNumber): DayNumber {
  const { year, month } = toCivil(number);
  return Date.UTC(year, month, 1) / millisecondsPerDay;
}

/**
 * Year, month and day of a day number, counted in eras of 400 years that begin on 1 March, so that the leap day comes
 * last (H. Hinnant, "chrono-compatible low-level date algorithms", civil_from_days).
 */
function toCivil(number: DayNumber): Civil {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
