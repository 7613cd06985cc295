/** JSON with `", "` and `": "` between its parts: how lifecycle bodies arrive, unlike notices. */
export function writeSpaced(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(writeSpaced).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}: ${writeSpaced(member)}`).join(', ')}}`;
  }
  return JSON.stringify(value);
}
