/**
 * What Bitbucket leaves of a body when `fields=` names these members: a path into an array goes into each of its
 * items, a path that ends at an object takes all of it, what is absent stays absent.
 */
export function reduceToFields(body: unknown, fields: readonly string[]): unknown {
  if (fields.includes('')) {
    return body;
  }
  if (Array.isArray(body)) {
    return body.map((item) => reduceToFields(item, fields));
  }
  if (typeof body !== 'object' || body === null) {
    return body;
  }
  const entries = Object.entries(body).flatMap(([name, value]) => {
    const inner = fields.flatMap((field) => {
      const [first, ...rest] = field.split('.');
      return first === name ? [rest.join('.')] : [];
    });
    return inner.length === 0 ? [] : [[name, reduceToFields(value, inner)] as const];
  });
  return Object.fromEntries(entries);
}
