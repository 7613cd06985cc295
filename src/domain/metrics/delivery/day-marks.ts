import type { DayNumber } from '../../calendar/civil-day';

/** The days of a range on which something was deployed, for each line that is kept apart. */
export class DayMarks {
  readonly #days: number;
  readonly #marks: Uint8Array;

  constructor(days: number, lines: number) {
    this.#days = days;
    this.#marks = new Uint8Array(days * lines);
  }

  /** @param day of the range, 0 its first */
  add(day: number, line: number): void {
    this.#marks[line * this.#days + day] = 1;
  }

  /** Ascending. */
  list(line: number, firstDay: DayNumber): DayNumber[] {
    const days: DayNumber[] = [];
    for (let day = 0; day < this.#days; day += 1) {
      if (this.#marks[line * this.#days + day] === 1) days.push(firstDay + day);
    }
    return days;
  }
}
