/**
 * A list of texts in one column, a line each; `''` is the empty list.
 * @throws Error for a text that is empty or holds a line break
 */
export function toLines(values: readonly string[]): string {
  if (values.some((value) => /[\r\n]/u.test(value) || value === '')) {
    throw new Error('A text of a list is empty or holds a line break.');
  }
  return values.join('\n');
}

export function fromLines(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}
