import type { Choice } from '../filter/filter-view';
import type { Problems } from './form-action';

/** One field of a form as `partials/field.hbs` shows it. */
export interface FieldView {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly type: 'text' | 'date';
  /** Lines of a text area; `null`: one line. */
  readonly rows: number | null;
  /** Of a list to choose one from. */
  readonly choices: readonly Choice[] | null;
  readonly hint: string | null;
  readonly error: string | null;
  /** The ids of hint and error that there are, for `aria-describedby`. */
  readonly describedBy: string | null;
}

export interface FieldParts extends Partial<Pick<FieldView, 'type' | 'rows' | 'choices' | 'hint'>> {
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

/** A field with the reason why its value was refused, if it was. */
export function buildField(form: string, problems: Problems, parts: FieldParts): FieldView {
  const id = `${form}-${parts.name.replaceAll('_', '-')}`;
  const error = problems[parts.name] ?? null;
  const hint = parts.hint ?? null;
  const described = [hint === null ? '' : `${id}-hint`, error === null ? '' : `${id}-error`].filter(
    (one) => one !== '',
  );
  return {
    type: 'text',
    rows: null,
    choices: null,
    ...parts,
    id,
    hint,
    error,
    describedBy: described.length === 0 ? null : described.join(' '),
  };
}

/** One entry a line, without blanks around it, each once; `toKey` says what makes two the same. */
export function buildLines(text: string, toKey: (line: string) => string = (line) => line): string[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const keys = lines.map(toKey);
  return lines.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

/** As people count them: a sign of two code units is one. */
export function countCharacters(text: string): number {
  return Array.from(text).length;
}

/** A refused text is shown beside its reason by its beginning. */
export function formatShown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
