import { readOne } from '../../presentation/filter/page-parameters';
import type { OutcomeView } from '../../presentation/forms/form-action';
import type { FormRequest } from '../../presentation/frame/page-dependencies';

/** What came of a button, as `partials/outcome.hbs` shows it. */
export interface SaidView extends OutcomeView {
  /** A refusal is told at once, a success when there is a pause. */
  readonly role: 'status' | 'alert';
}

/** Puts what came of the pressed button where that button stands, and nowhere else. */
export interface Saying {
  /** For the form that has the buttons of these actions; `null`: another one was pressed, or none. */
  of(...actions: readonly string[]): SaidView | null;
  /**
   * For a list whose rows have such buttons, each sending the field `field`: the row's own, and for the place below the
   * list what was said of a row that is not there (any more).
   */
  inRows<Row>(
    rows: readonly Row[],
    button: { readonly actions: readonly string[]; readonly field: string; readonly toValue: (row: Row) => string },
  ): { readonly list: readonly (Row & { readonly said: SaidView | null })[]; readonly said: SaidView | null };
}

export function createSaying(outcome: OutcomeView | null, { parameters }: Pick<FormRequest, 'parameters'>): Saying {
  const pressed = readOne(parameters, 'action') ?? '';
  const role = outcome?.tone === 'success' ? 'status' : 'alert';
  const of = (...actions: readonly string[]): SaidView | null =>
    outcome !== null && actions.includes(pressed) ? { ...outcome, role } : null;
  return {
    of,
    inRows(rows, { actions, field, toValue }) {
      const said = of(...actions);
      const value = readOne(parameters, field);
      const isOwn = (row: (typeof rows)[number]) => toValue(row) === value;
      return {
        list: rows.map((row) => ({ ...row, said: isOwn(row) ? said : null })),
        said: rows.some(isOwn) ? null : said,
      };
    },
  };
}
