/** A way to another page or another view of this one. The address never holds a token. */
export interface LinkView {
  readonly href: string;
  readonly text: string;
  /** Bitbucket's own pages open in the whole window. */
  readonly isOutside?: boolean;
}
