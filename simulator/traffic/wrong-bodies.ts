type Body = Readonly<Record<string, unknown>>;

const toBody = (body: unknown): Body => (typeof body === 'object' && body !== null ? (body as Body) : {});

/** Changes for quirks: an object with other members; `undefined` leaves one out. */
export function withMembers(members: Body): (right: unknown) => Body {
  return (right) => ({ ...toBody(right), ...members });
}

/** One item of a page, counted from 0 or from the end by -1, changed. */
export function withItem(index: number, change: (item: unknown) => unknown): (right: unknown) => Body {
  return (right) => {
    const values = listValues(right);
    const place = index < 0 ? values.length + index : index;
    return { ...toBody(right), values: values.map((item, at) => (at === place ? change(item) : item)) };
  };
}

/** A page without the items that are meant. */
export function withoutItems(isMeant: (item: Body) => boolean): (right: unknown) => Body {
  return (right) => ({ ...toBody(right), values: listValues(right).filter((item) => !isMeant(toBody(item))) });
}

/** A page of activity that tells of no merge. */
export const withoutMergeUpdates = withoutItems(({ update }) => toBody(update)['state'] === 'MERGED');

function listValues(page: unknown): readonly unknown[] {
  const { values } = toBody(page);
  return Array.isArray(values) ? (values as unknown[]) : [];
}
