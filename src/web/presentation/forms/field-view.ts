import { lookUp } from '../../../domain/look-up';
import type { Choice } from '../filter/filter-view';
import type { Problems } from './form-action';

interface FieldParts {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly type?: 'text' | 'date';
  /** Lines of a text area; without it one line. */
  readonly rows?: number;
  /** Of a list to choose one from. */
  readonly choices?: readonly Choice[];
  readonly hint?: string;
}

/** A field as `partials/field.hbs` shows it, with the reason why its value was refused, if it was. */
export function buildField(form: string, problems: Problems, parts: FieldParts) {
  const id = `${form}-${parts.name.replaceAll('_', '-')}`;
  const error = lookUp(problems, parts.name);
  // The ids of hint and error that there are, for `aria-describedby`.
  const described = [
    ...(parts.hint === undefined ? [] : [`${id}-hint`]),
    ...(error === undefined ? [] : [`${id}-error`]),
  ];
  return { type: 'text', ...parts, id, error, describedBy: described.join(' ') };
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
