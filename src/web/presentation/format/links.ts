/** A way to another page or another view of this one. The address never holds a token. */
export interface LinkView {
  readonly href: string;
  readonly text: string;
  /** Bitbucket's own pages open in the whole window. */
  readonly isOutside?: boolean;
}

export type QueryValue = string | readonly string[] | null;

/** An address of ours with its query; values that are `null` or empty stay out. */
export function toAddress(path: string, query: Readonly<Record<string, QueryValue>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const single of typeof value === 'string' ? [value] : (value ?? [])) {
      if (single !== '') {
        search.append(name, single);
      }
    }
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}
